CREATE TYPE "public"."seat" AS ENUM('cro', 'finance', 'head_of_partnerships');--> statement-breakpoint
CREATE TABLE "backtests" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"policy_id" text COLLATE "C" NOT NULL,
	"hash" char(64) NOT NULL,
	"against_hash" char(64) NOT NULL,
	"as_of" date NOT NULL,
	"result" jsonb NOT NULL,
	"ran_by" text COLLATE "C",
	"ran_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "judging_moves" (
	"hash" char(64) NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"from_outcome" "outcome",
	"to_outcome" "outcome" NOT NULL,
	CONSTRAINT "judging_moves_hash_deal_id_pk" PRIMARY KEY("hash","deal_id")
);
--> statement-breakpoint
CREATE TABLE "judging_runs" (
	"hash" char(64) PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cursor" text COLLATE "C",
	"judged" integer DEFAULT 0 NOT NULL,
	"total" integer NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "learnings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"quarter" text NOT NULL,
	"source" text NOT NULL,
	"recorded_by" text COLLATE "C",
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "learnings_text" CHECK (length(trim("learnings"."text")) > 0)
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"document" jsonb NOT NULL,
	"amends" text COLLATE "C",
	"drafted_by" text COLLATE "C",
	"drafted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"proposed_at" timestamp with time zone,
	"proposed_by" text COLLATE "C",
	"canonical" text,
	"hash" char(64),
	"active_from" date,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" text COLLATE "C",
	"withdrawn_reason" text,
	"period" daterange,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "policies_proposed_whole" CHECK (num_nulls("policies"."proposed_at", "policies"."canonical", "policies"."hash", "policies"."active_from") in (0, 4)),
	CONSTRAINT "policies_hash_is_of_the_text" CHECK ("policies"."hash" = encode(sha256(convert_to("policies"."canonical", 'UTF8')), 'hex')),
	CONSTRAINT "policies_text_is_the_document" CHECK ("policies"."canonical"::jsonb = "policies"."document"),
	CONSTRAINT "policies_period_after_proposal" CHECK ("policies"."period" is null or "policies"."proposed_at" is not null),
	CONSTRAINT "policies_signed_or_withdrawn" CHECK ("policies"."period" is null or "policies"."withdrawn_at" is null),
	CONSTRAINT "policies_withdrawn_with_reason" CHECK (("policies"."withdrawn_at" is null) = ("policies"."withdrawn_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "policy_declines" (
	"policy_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"seat" "seat" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"reason" text NOT NULL,
	"declined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_declines_reason" CHECK (length(trim("policy_declines"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "signatures" (
	"policy_id" text COLLATE "C" NOT NULL,
	"seat" "seat" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"hash" char(64) NOT NULL,
	"signed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "signatures_one_a_seat" PRIMARY KEY("policy_id","seat"),
	CONSTRAINT "signatures_one_a_person" UNIQUE("policy_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "backtests" ADD CONSTRAINT "backtests_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backtests" ADD CONSTRAINT "backtests_ran_by_users_id_fk" FOREIGN KEY ("ran_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judging_moves" ADD CONSTRAINT "judging_moves_hash_judging_runs_hash_fk" FOREIGN KEY ("hash") REFERENCES "public"."judging_runs"("hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learnings" ADD CONSTRAINT "learnings_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_amends_policies_id_fk" FOREIGN KEY ("amends") REFERENCES "public"."policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_drafted_by_users_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_withdrawn_by_users_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_declines" ADD CONSTRAINT "policy_declines_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_declines" ADD CONSTRAINT "policy_declines_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "backtests_policy" ON "backtests" USING btree ("policy_id");