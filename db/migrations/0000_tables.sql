CREATE TYPE "public"."cost_side" AS ENUM('partner_program', 'direct_sales');--> statement-breakpoint
CREATE TYPE "public"."deal_outcome" AS ENUM('open', 'won', 'lost');--> statement-breakpoint
CREATE TYPE "public"."deal_type" AS ENUM('new', 'expansion', 'renewal');--> statement-breakpoint
CREATE TYPE "public"."gray_code" AS ENUM('shared_origin', 'partner_of_partner', 'marketplace', 'late_record', 'stage_conflict', 'prior_engagement', 'program_exception', 'recreated', 'unsettled');--> statement-breakpoint
CREATE TYPE "public"."involvement" AS ENUM('direct', 'supportive');--> statement-breakpoint
CREATE TYPE "public"."model" AS ENUM('two_bucket', 'triple_tier', 'roi_buckets', 'lanes');--> statement-breakpoint
CREATE TYPE "public"."outcome" AS ENUM('sourced', 'co_sell', 'accelerated', 'influenced', 'influence', 'assisted', 'assisted_close', 'disputed', 'attached', 'none', 'unattributed');--> statement-breakpoint
CREATE TYPE "public"."partner_kind" AS ENUM('integrator', 'reseller', 'technology', 'referral', 'agency', 'pe_vc', 'marketplace');--> statement-breakpoint
CREATE TYPE "public"."partner_role" AS ENUM('sourcer', 'co_seller', 'influencer', 'referral_source');--> statement-breakpoint
CREATE TYPE "public"."registration_status" AS ENUM('pending', 'approved', 'rejected');--> statement-breakpoint
CREATE TYPE "public"."route" AS ENUM('direct', 'resale', 'marketplace');--> statement-breakpoint
CREATE TYPE "public"."user_role" AS ENUM('ae', 'partner_manager', 'finance', 'cro', 'head_of_partnerships', 'admin', 'auditor');--> statement-breakpoint
CREATE TABLE "audit_chain" (
	"audit_id" bigint PRIMARY KEY NOT NULL,
	"hash" char(64) NOT NULL,
	"chained_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"request" text NOT NULL,
	"deal_id" text COLLATE "C",
	"subject_kind" text NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"action" text NOT NULL,
	"input_hash" char(64) NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account" text,
	"owner" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"type" "deal_type" NOT NULL,
	"route" "route" NOT NULL,
	"created_on" date NOT NULL,
	"closed_on" date,
	"outcome" "deal_outcome" NOT NULL,
	"first_engaged_on" date,
	"recreated_from" text COLLATE "C",
	"no_partner_on" date,
	"no_partner_by" text COLLATE "C",
	"version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deals_id_given" CHECK (length("deals"."id") > 0),
	CONSTRAINT "deals_amount_not_negative" CHECK ("deals"."amount" between 0 and 9007199254740991),
	CONSTRAINT "deals_currency" CHECK ("deals"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "deals_closed_iff_closed_on" CHECK (("deals"."outcome" = 'open') = ("deals"."closed_on" is null)),
	CONSTRAINT "deals_closed_not_in_future" CHECK ("deals"."closed_on" <= current_date + 1),
	CONSTRAINT "deals_not_recreated_from_itself" CHECK ("deals"."recreated_from" is distinct from "deals"."id"),
	CONSTRAINT "deals_no_partner_by_someone" CHECK (("deals"."no_partner_on" is null) = ("deals"."no_partner_by" is null))
);
--> statement-breakpoint
CREATE TABLE "stage_entries" (
	"deal_id" text COLLATE "C" NOT NULL,
	"seq" integer NOT NULL,
	"stage" smallint NOT NULL,
	"entered_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stage_entries_key" UNIQUE("deal_id","seq"),
	CONSTRAINT "stage_entries_stage" CHECK ("stage_entries"."stage" between 0 and 6),
	CONSTRAINT "stage_entries_not_in_future" CHECK ("stage_entries"."entered_on" <= current_date + 1)
);
--> statement-breakpoint
CREATE TABLE "activities" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"type" text NOT NULL,
	"stage" smallint NOT NULL,
	"occurred_on" date NOT NULL,
	"recorded_on" date NOT NULL,
	"proof" text,
	"involvement" "involvement" NOT NULL,
	"owner_id" text COLLATE "C",
	"next_step" text,
	"next_step_due_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activities_type" CHECK ("activities"."type" ~ '^[a-z][a-z0-9_]{0,63}$'),
	CONSTRAINT "activities_stage" CHECK ("activities"."stage" between 0 and 6),
	CONSTRAINT "activities_proof" CHECK ("activities"."proof" is null or "activities"."proof" ~ '^(https?://[^[:space:]]+|note:[^[:space:]].*)$'),
	CONSTRAINT "activities_not_in_future" CHECK ("activities"."occurred_on" <= "activities"."recorded_on"),
	CONSTRAINT "activities_recorded_not_in_future" CHECK ("activities"."recorded_on" <= current_date + 1),
	CONSTRAINT "activities_due_needs_step" CHECK ("activities"."next_step_due_on" is null or "activities"."next_step" is not null)
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"submitted_on" date NOT NULL,
	"status" "registration_status" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "registrations_not_in_future" CHECK ("registrations"."submitted_on" <= current_date + 1)
);
--> statement-breakpoint
CREATE TABLE "role_rows" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"role" "partner_role" NOT NULL,
	"contact" text,
	"touch_stage" smallint NOT NULL,
	"touched_on" date NOT NULL,
	"recorded_on" date NOT NULL,
	"recorded_by" text COLLATE "C",
	"confirmed_on" date,
	"confirmed_by" text COLLATE "C",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "role_rows_once" UNIQUE("deal_id","partner_id","role"),
	CONSTRAINT "role_rows_stage" CHECK ("role_rows"."touch_stage" between 0 and 6),
	CONSTRAINT "role_rows_touched_before_recorded" CHECK ("role_rows"."touched_on" <= "role_rows"."recorded_on"),
	CONSTRAINT "role_rows_not_in_future" CHECK ("role_rows"."recorded_on" <= current_date + 1)
);
--> statement-breakpoint
CREATE TABLE "rulings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"model" "model" NOT NULL,
	"outcome" "outcome" NOT NULL,
	"decided_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "costs" (
	"quarter" text NOT NULL,
	"side" "cost_side" NOT NULL,
	"category" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	CONSTRAINT "costs_quarter_side_category_currency_pk" PRIMARY KEY("quarter","side","category","currency"),
	CONSTRAINT "costs_quarter" CHECK ("costs"."quarter" ~ '^[0-9]{4}-Q[1-4]$'),
	CONSTRAINT "costs_amount" CHECK ("costs"."amount" between 0 and 9007199254740991),
	CONSTRAINT "costs_currency" CHECK ("costs"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "rates" (
	"quarter" text NOT NULL,
	"currency" char(3) NOT NULL,
	"rate" numeric(24, 12) NOT NULL,
	CONSTRAINT "rates_quarter_currency_pk" PRIMARY KEY("quarter","currency"),
	CONSTRAINT "rates_quarter" CHECK ("rates"."quarter" ~ '^[0-9]{4}-Q[1-4]$'),
	CONSTRAINT "rates_positive" CHECK ("rates"."rate" > 0)
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"read" integer NOT NULL,
	"created" integer NOT NULL,
	"updated" integer NOT NULL,
	"unchanged" integer NOT NULL,
	"refused" integer NOT NULL,
	"imported_by" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mappings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"document" jsonb NOT NULL,
	"created_by" text COLLATE "C",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mappings_name" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "deal_outcomes" (
	"deal_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"outcome" "outcome" NOT NULL,
	"disputed" boolean NOT NULL,
	"gray" "gray_code"[] DEFAULT '{}' NOT NULL,
	"policy_hash" char(64) NOT NULL,
	"as_of" date NOT NULL,
	"stale_on" date,
	"judged_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deal_outcomes_hash" CHECK ("deal_outcomes"."policy_hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "partner_outcomes" (
	"deal_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"outcome" "outcome" NOT NULL,
	"disputed" "outcome",
	"credit" bigint NOT NULL,
	"rule" text NOT NULL,
	CONSTRAINT "partner_outcomes_deal_id_partner_id_pk" PRIMARY KEY("deal_id","partner_id"),
	CONSTRAINT "partner_outcomes_credit" CHECK ("partner_outcomes"."credit" >= 0)
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" "partner_kind" NOT NULL,
	"parent_id" text COLLATE "C",
	"programs" text[] DEFAULT '{}' NOT NULL,
	"owner_id" text COLLATE "C",
	"version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partners_id_given" CHECK (length("partners"."id") > 0),
	CONSTRAINT "partners_name_given" CHECK (length(trim("partners"."name")) > 0),
	CONSTRAINT "partners_not_own_parent" CHECK ("partners"."parent_id" is distinct from "partners"."id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "user_role" NOT NULL,
	"owner_name" text,
	"password_hash" text NOT NULL,
	"session_version" integer DEFAULT 1 NOT NULL,
	"disabled_at" timestamp with time zone,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_owner_name_unique" UNIQUE("owner_name"),
	CONSTRAINT "users_email_lowercase" CHECK ("users"."email" = lower("users"."email")),
	CONSTRAINT "users_name_given" CHECK (length(trim("users"."name")) > 0)
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"company" text DEFAULT 'Your company' NOT NULL,
	"fiscal_first_month" integer DEFAULT 1 NOT NULL,
	"reporting_currency" char(3) DEFAULT 'USD' NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "settings_single_row" CHECK ("settings"."id" = 1),
	CONSTRAINT "settings_month" CHECK ("settings"."fiscal_first_month" between 1 and 12),
	CONSTRAINT "settings_currency" CHECK ("settings"."reporting_currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
ALTER TABLE "audit_chain" ADD CONSTRAINT "audit_chain_audit_id_audit_log_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit_log"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deals" ADD CONSTRAINT "deals_no_partner_by_users_id_fk" FOREIGN KEY ("no_partner_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_entries" ADD CONSTRAINT "stage_entries_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_confirmed_by_users_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rulings" ADD CONSTRAINT "rulings_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rulings" ADD CONSTRAINT "rulings_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mappings" ADD CONSTRAINT "mappings_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deal_outcomes" ADD CONSTRAINT "deal_outcomes_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_outcomes" ADD CONSTRAINT "partner_outcomes_deal_id_deal_outcomes_deal_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deal_outcomes"("deal_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_outcomes" ADD CONSTRAINT "partner_outcomes_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_parent_id_partners_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_deal" ON "audit_log" USING btree ("deal_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "deals_owner" ON "deals" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "deals_closed_on" ON "deals" USING btree ("closed_on");--> statement-breakpoint
CREATE INDEX "deals_created_on" ON "deals" USING btree ("created_on");--> statement-breakpoint
CREATE INDEX "activities_deal" ON "activities" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "activities_partner" ON "activities" USING btree ("partner_id","occurred_on");--> statement-breakpoint
CREATE INDEX "activities_proof_link" ON "activities" USING btree ("proof");--> statement-breakpoint
CREATE INDEX "registrations_deal" ON "registrations" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "registrations_partner" ON "registrations" USING btree ("partner_id");--> statement-breakpoint
CREATE INDEX "role_rows_partner" ON "role_rows" USING btree ("partner_id");--> statement-breakpoint
CREATE INDEX "rulings_deal" ON "rulings" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "deal_outcomes_outcome" ON "deal_outcomes" USING btree ("outcome");--> statement-breakpoint
CREATE INDEX "deal_outcomes_stale" ON "deal_outcomes" USING btree ("stale_on");--> statement-breakpoint
CREATE INDEX "partner_outcomes_partner" ON "partner_outcomes" USING btree ("partner_id","outcome");