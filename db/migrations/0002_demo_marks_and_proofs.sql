ALTER TABLE "activities" DROP CONSTRAINT "activities_proof";--> statement-breakpoint
ALTER TABLE "costs" ADD COLUMN "demo" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rates" ADD COLUMN "demo" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_proof" CHECK ("activities"."proof" is null or "activities"."proof" ~* '^(https?://[^[:space:][:cntrl:]/?#]|note:[^[:space:][:cntrl:]])[^[:space:][:cntrl:]]*$');