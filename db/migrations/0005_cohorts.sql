ALTER TABLE "deal_outcomes" ADD COLUMN "cohort" text;--> statement-breakpoint
ALTER TABLE "deal_outcomes" ADD COLUMN "cohort_on" date;--> statement-breakpoint
ALTER TABLE "deal_outcomes" ADD COLUMN "cycle_days" integer;