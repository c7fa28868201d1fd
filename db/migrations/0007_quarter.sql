CREATE TYPE "public"."decision" AS ENUM('rule_upheld', 'ruling', 'learning');--> statement-breakpoint
CREATE TYPE "public"."decision_side" AS ENUM('finance', 'partnerships');--> statement-breakpoint
CREATE TYPE "public"."exception_kind" AS ENUM('shared_origin', 'partner_of_partner', 'marketplace', 'late_record', 'stage_conflict', 'prior_engagement', 'program_exception', 'recreated', 'unsettled', 'other');--> statement-breakpoint
CREATE TYPE "public"."exception_origin" AS ENUM('found', 'raised');--> statement-breakpoint
CREATE TABLE "exception_notes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"exception_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"by_id" text COLLATE "C",
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exception_votes" (
	"exception_id" text COLLATE "C" NOT NULL,
	"side" "decision_side" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"decision" "decision" NOT NULL,
	"partner_id" text COLLATE "C",
	"model" "model",
	"outcome" "outcome",
	"reason" text NOT NULL,
	"voted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exception_votes_one_a_side" PRIMARY KEY("exception_id","side"),
	CONSTRAINT "exception_votes_ruling_whole" CHECK (("exception_votes"."decision" = 'ruling') = (num_nulls("exception_votes"."partner_id", "exception_votes"."model", "exception_votes"."outcome") = 0)),
	CONSTRAINT "exception_votes_reason" CHECK (length(trim("exception_votes"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "exceptions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"quarter" text NOT NULL,
	"kind" "exception_kind" NOT NULL,
	"partner_id" text COLLATE "C",
	"origin" "exception_origin" NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"claim" text,
	"facts" jsonb NOT NULL,
	"owner_id" text COLLATE "C",
	"raised_by" text COLLATE "C",
	"opened_on" date NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_on" date,
	"settlement" text,
	"deferred_to" text COLLATE "C",
	"deferred_until" date,
	"version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "exceptions_quarter" CHECK ("exceptions"."quarter" ~ '^[0-9]{4}-Q[1-4]$'),
	CONSTRAINT "exceptions_settled_whole" CHECK (num_nulls("exceptions"."settled_at", "exceptions"."settled_on", "exceptions"."settlement") in (0, 3)),
	CONSTRAINT "exceptions_settlement" CHECK ("exceptions"."settlement" in ('facts', 'rule_upheld', 'ruling', 'learning')),
	CONSTRAINT "exceptions_deferred_whole" CHECK (("exceptions"."deferred_to" is null) = ("exceptions"."deferred_until" is null))
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"quarter" text PRIMARY KEY NOT NULL,
	"facilitator_id" text COLLATE "C",
	"position" text DEFAULT 'pipeline' NOT NULL,
	"ask" text DEFAULT '' NOT NULL,
	"ask_by" text COLLATE "C",
	"minutes" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "reviews_quarter" CHECK ("reviews"."quarter" ~ '^[0-9]{4}-Q[1-4]$')
);
--> statement-breakpoint
CREATE TABLE "sealed_deals" (
	"quarter" text NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"policy_hash" char(64) NOT NULL,
	"document" text NOT NULL,
	"summary" jsonb NOT NULL,
	CONSTRAINT "sealed_deals_quarter_deal_id_pk" PRIMARY KEY("quarter","deal_id")
);
--> statement-breakpoint
CREATE TABLE "sealed_quarters" (
	"quarter" text PRIMARY KEY NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"as_of" date NOT NULL,
	"sealed_by" text COLLATE "C",
	"sealed_by_name" text NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"header" text NOT NULL,
	"deals" integer NOT NULL,
	"digest" char(64) NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "exception_notes" ADD CONSTRAINT "exception_notes_exception_id_exceptions_id_fk" FOREIGN KEY ("exception_id") REFERENCES "public"."exceptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_notes" ADD CONSTRAINT "exception_notes_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_votes" ADD CONSTRAINT "exception_votes_exception_id_exceptions_id_fk" FOREIGN KEY ("exception_id") REFERENCES "public"."exceptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_votes" ADD CONSTRAINT "exception_votes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_votes" ADD CONSTRAINT "exception_votes_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_raised_by_users_id_fk" FOREIGN KEY ("raised_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_deferred_to_users_id_fk" FOREIGN KEY ("deferred_to") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_facilitator_id_users_id_fk" FOREIGN KEY ("facilitator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_ask_by_users_id_fk" FOREIGN KEY ("ask_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_deals" ADD CONSTRAINT "sealed_deals_quarter_sealed_quarters_quarter_fk" FOREIGN KEY ("quarter") REFERENCES "public"."sealed_quarters"("quarter") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_quarters" ADD CONSTRAINT "sealed_quarters_sealed_by_users_id_fk" FOREIGN KEY ("sealed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exception_notes_of" ON "exception_notes" USING btree ("exception_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "exception_votes_one_a_person" ON "exception_votes" USING btree ("exception_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exceptions_found_once" ON "exceptions" USING btree ("deal_id","kind") WHERE "exceptions"."origin" = 'found' and "exceptions"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "exceptions_by_quarter" ON "exceptions" USING btree ("quarter","settled_at");--> statement-breakpoint
CREATE INDEX "sealed_deals_deal" ON "sealed_deals" USING btree ("deal_id");