ALTER TABLE "exceptions" DROP CONSTRAINT "exceptions_deal_id_deals_id_fk";
--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "turn" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "exceptions_deal" ON "exceptions" USING btree ("deal_id");