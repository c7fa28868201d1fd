DROP INDEX "activities_proof_link";--> statement-breakpoint
CREATE INDEX "activities_proof_link" ON "activities" USING hash ("proof");