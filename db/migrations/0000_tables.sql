CREATE TYPE "public"."chat" AS ENUM('slack', 'teams');--> statement-breakpoint
CREATE TYPE "public"."correction_state" AS ENUM('proposed', 'accepted', 'declined', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."connection_ask" AS ENUM('test', 'rehearse', 'sync', 'replay');--> statement-breakpoint
CREATE TYPE "public"."connection_system" AS ENUM('salesforce', 'hubspot', 'prm', 'aws');--> statement-breakpoint
CREATE TYPE "public"."cost_side" AS ENUM('partner_program', 'direct_sales');--> statement-breakpoint
CREATE TYPE "public"."decided_state" AS ENUM('undecided', 'exception', 'stands', 'clear');--> statement-breakpoint
CREATE TYPE "public"."finding" AS ENUM('unconfirmed', 'drifted', 'activity_without_row', 'row_without_activity', 'no_receipt', 'outdated_receipt');--> statement-breakpoint
CREATE TYPE "public"."deal_outcome" AS ENUM('open', 'won', 'lost');--> statement-breakpoint
CREATE TYPE "public"."deal_status" AS ENUM('to_decide', 'waits_for_ae', 'disputed', 'decided', 'no_partner', 'unanswered');--> statement-breakpoint
CREATE TYPE "public"."deal_type" AS ENUM('new', 'expansion', 'renewal');--> statement-breakpoint
CREATE TYPE "public"."decision" AS ENUM('rule_upheld', 'ruling', 'learning');--> statement-breakpoint
CREATE TYPE "public"."decision_side" AS ENUM('finance', 'partnerships');--> statement-breakpoint
CREATE TYPE "public"."evidence_source" AS ENUM('crm', 'prm', 'calendar', 'call', 'mail', 'cloud');--> statement-breakpoint
CREATE TYPE "public"."exception_kind" AS ENUM('shared_origin', 'partner_of_partner', 'marketplace', 'late_record', 'delayed_record', 'amended', 'stage_conflict', 'prior_engagement', 'program_exception', 'recreated', 'unsettled', 'other');--> statement-breakpoint
CREATE TYPE "public"."exception_origin" AS ENUM('found', 'raised');--> statement-breakpoint
CREATE TYPE "public"."forecast_category" AS ENUM('omitted', 'pipeline', 'best_case', 'commit');--> statement-breakpoint
CREATE TYPE "public"."grade" AS ENUM('stated', 'countersigned', 'witnessed');--> statement-breakpoint
CREATE TYPE "public"."gray_code" AS ENUM('shared_origin', 'partner_of_partner', 'marketplace', 'late_record', 'delayed_record', 'amended', 'stage_conflict', 'prior_engagement', 'program_exception', 'recreated', 'unsettled');--> statement-breakpoint
CREATE TYPE "public"."inbox_kind" AS ENUM('registration_waits', 'row_waits', 'role_asked', 'introduction_waits', 'loop_open', 'closing_undecided', 'updates_short', 'step_overdue', 'disputed', 'second_hand', 'drifted', 'case_assigned', 'cases_to_decide', 'play_decides', 'silent');--> statement-breakpoint
CREATE TYPE "public"."involvement" AS ENUM('direct', 'supportive');--> statement-breakpoint
CREATE TYPE "public"."model" AS ENUM('two_bucket', 'triple_tier', 'roi_buckets', 'lanes');--> statement-breakpoint
CREATE TYPE "public"."notice_choice" AS ENUM('mail', 'chat', 'none');--> statement-breakpoint
CREATE TYPE "public"."notice_kind" AS ENUM('digest', 'weekly_numbers', 'registration_waits', 'row_waits', 'case_assigned', 'item_given', 'deal_contested', 'memo_waits', 'freeze_prepared');--> statement-breakpoint
CREATE TYPE "public"."notice_state" AS ENUM('waiting', 'sent', 'unwanted', 'no_way', 'failed');--> statement-breakpoint
CREATE TYPE "public"."outcome" AS ENUM('sourced', 'co_sell', 'accelerated', 'influenced', 'influence', 'assisted', 'assisted_close', 'disputed', 'attached', 'none', 'unattributed');--> statement-breakpoint
CREATE TYPE "public"."partner_kind" AS ENUM('integrator', 'reseller', 'technology', 'referral', 'agency', 'pe_vc', 'marketplace');--> statement-breakpoint
CREATE TYPE "public"."partner_role" AS ENUM('sourcer', 'co_seller', 'influencer', 'referral_source');--> statement-breakpoint
CREATE TYPE "public"."partner_said" AS ENUM('confirmed', 'contested');--> statement-breakpoint
CREATE TYPE "public"."play_decision" AS ENUM('continue', 'park', 'end');--> statement-breakpoint
CREATE TYPE "public"."proof_state" AS ENUM('proven', 'missing', 'none');--> statement-breakpoint
CREATE TYPE "public"."registration_status" AS ENUM('pending', 'approved', 'rejected');--> statement-breakpoint
CREATE TYPE "public"."route" AS ENUM('direct', 'resale', 'marketplace');--> statement-breakpoint
CREATE TYPE "public"."seat" AS ENUM('cro', 'finance', 'head_of_partnerships');--> statement-breakpoint
CREATE TYPE "public"."tally_kind" AS ENUM('created', 'closed', 'open', 'days', 'cells', 'sizes', 'engaged', 'standing', 'owners', 'partners', 'cohorts', 'reconciled', 'cases');--> statement-breakpoint
CREATE TYPE "public"."sign_in_way" AS ENUM('password', 'single_sign_on');--> statement-breakpoint
CREATE TYPE "public"."sign_method" AS ENUM('password', 'passkey');--> statement-breakpoint
CREATE TYPE "public"."user_role" AS ENUM('ae', 'partner_manager', 'finance', 'cro', 'head_of_partnerships', 'admin', 'auditor');--> statement-breakpoint
CREATE SEQUENCE "public"."ruling_order" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TYPE "public"."webhook_event" AS ENUM('outcome.changed', 'exception.raised', 'exception.settled', 'quarter.frozen', 'policy.activated', 'registration.decided');--> statement-breakpoint
CREATE TYPE "public"."webhook_state" AS ENUM('waiting', 'sent', 'failed');--> statement-breakpoint
CREATE TABLE "account_domains" (
	"domain" text PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "account_domains_written" CHECK ("account_domains"."domain" ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$')
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text COLLATE "C" PRIMARY KEY DEFAULT 'AC-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)) NOT NULL,
	"name" text NOT NULL,
	"of_name" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_id_given" CHECK (length("accounts"."id") > 0),
	CONSTRAINT "accounts_name_given" CHECK (length(trim("accounts"."name")) > 0)
);
--> statement-breakpoint
CREATE TABLE "partner_accounts" (
	"partner_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"said_on" date NOT NULL,
	"said_by" text COLLATE "C",
	CONSTRAINT "partner_accounts_partner_id_account_id_pk" PRIMARY KEY("partner_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "audit_checks" (
	"at" timestamp with time zone PRIMARY KEY DEFAULT now() NOT NULL,
	"verdict" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"size" bigint PRIMARY KEY NOT NULL,
	"head" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"x" text NOT NULL,
	"endorsed" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
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
CREATE TABLE "audit_personal" (
	"mark" char(64) PRIMARY KEY NOT NULL,
	"about" text,
	"field" text NOT NULL,
	"salt" char(32) NOT NULL,
	"value" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_tree" (
	"level" smallint NOT NULL,
	"place" bigint NOT NULL,
	"hash" char(64) NOT NULL,
	"audit_id" bigint,
	CONSTRAINT "audit_tree_level_place_pk" PRIMARY KEY("level","place"),
	CONSTRAINT "audit_tree_audit_id_unique" UNIQUE("audit_id"),
	CONSTRAINT "audit_tree_leaf" CHECK (("audit_tree"."level" = 0) = ("audit_tree"."audit_id" is not null))
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
CREATE TABLE "witnessed_heads" (
	"size" bigint PRIMARY KEY NOT NULL,
	"witness" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"reason" text NOT NULL,
	"proposed_on" date NOT NULL,
	"proposed_by" text COLLATE "C" NOT NULL,
	"state" "correction_state" DEFAULT 'proposed' NOT NULL,
	"decided_on" date,
	"decided_by" text COLLATE "C",
	"answer" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "corrections_reason" CHECK (length(trim("corrections"."reason")) > 0),
	CONSTRAINT "corrections_decided_whole" CHECK (num_nulls("corrections"."decided_on", "corrections"."decided_by")
        = case "corrections"."state" when 'proposed' then 2 else 0 end),
	CONSTRAINT "corrections_two_hands" CHECK ("corrections"."state" not in ('accepted', 'declined') or "corrections"."decided_by" <> "corrections"."proposed_by")
);
--> statement-breakpoint
CREATE TABLE "deals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account" text,
	"account_id" text COLLATE "C",
	"name" text,
	"crm_url" text,
	"expected_close_on" date,
	"probability" smallint,
	"forecast_category" "forecast_category",
	"next_step" text,
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
	"amended_on" date,
	"no_partner_on" date,
	"no_partner_by" text COLLATE "C",
	"gate_receipt" text,
	"import_id" text COLLATE "C",
	"version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deals_id_given" CHECK (length("deals"."id") > 0),
	CONSTRAINT "deals_amount_not_negative" CHECK ("deals"."amount" between 0 and 9007199254740991),
	CONSTRAINT "deals_currency" CHECK ("deals"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "deals_closed_iff_closed_on" CHECK (("deals"."outcome" = 'open') = ("deals"."closed_on" is null)),
	CONSTRAINT "deals_closed_not_in_future" CHECK ("deals"."closed_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "deals_amended_not_in_future" CHECK ("deals"."amended_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "deals_not_recreated_from_itself" CHECK ("deals"."recreated_from" is distinct from "deals"."id"),
	CONSTRAINT "deals_no_partner_by_someone" CHECK (("deals"."no_partner_on" is null) = ("deals"."no_partner_by" is null)),
	CONSTRAINT "deals_crm_url" CHECK ("deals"."crm_url" ~* '^https?://[^[:space:][:cntrl:]]+$'),
	CONSTRAINT "deals_gate_receipt" CHECK (length("deals"."gate_receipt") between 1 and 20000),
	CONSTRAINT "deals_probability" CHECK ("deals"."probability" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "stage_entries" (
	"deal_id" text COLLATE "C" NOT NULL,
	"seq" integer NOT NULL,
	"stage" smallint NOT NULL,
	"entered_on" date NOT NULL,
	"entered_time" time,
	"import_id" text COLLATE "C",
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stage_entries_key" UNIQUE("deal_id","seq"),
	CONSTRAINT "stage_entries_stage" CHECK ("stage_entries"."stage" between 0 and 6),
	CONSTRAINT "stage_entries_not_in_future" CHECK ("stage_entries"."entered_on" <= (now() at time zone 'UTC')::date + 1)
);
--> statement-breakpoint
CREATE TABLE "evidence_files" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"sha256" char(64) NOT NULL,
	"file" "bytea" NOT NULL,
	"via" text NOT NULL,
	"dropped_on" date NOT NULL,
	"dropped_by" text COLLATE "C",
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evidence_files_sha256_unique" UNIQUE("sha256"),
	CONSTRAINT "evidence_files_name_given" CHECK (length(trim("evidence_files"."name")) > 0),
	CONSTRAINT "evidence_files_is_itself" CHECK ("evidence_files"."sha256" = encode(sha256("evidence_files"."file"), 'hex')),
	CONSTRAINT "evidence_files_small" CHECK (length("evidence_files"."file") between 1 and 2000000),
	CONSTRAINT "evidence_files_via" CHECK ("evidence_files"."via" in ('page', 'mail', 'call')),
	CONSTRAINT "evidence_files_not_in_future" CHECK ("evidence_files"."dropped_on" <= (now() at time zone 'UTC')::date + 1)
);
--> statement-breakpoint
CREATE TABLE "evidence_proposals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"evidence_id" text COLLATE "C" NOT NULL,
	"position" smallint NOT NULL,
	"deal_id" text COLLATE "C",
	"account_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"contact" text,
	"type" text NOT NULL,
	"occurred_on" date,
	"involvement" "involvement" NOT NULL,
	"quote" text NOT NULL,
	"reader" text DEFAULT 'rules' NOT NULL,
	"decision" text,
	"decided_on" date,
	"decided_by" text COLLATE "C",
	"activity_id" text COLLATE "C",
	CONSTRAINT "evidence_proposals_quote_given" CHECK (length(trim("evidence_proposals"."quote")) > 0),
	CONSTRAINT "evidence_proposals_not_in_future" CHECK ("evidence_proposals"."occurred_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "evidence_proposals_reader" CHECK ("evidence_proposals"."reader" in ('rules', 'model')),
	CONSTRAINT "evidence_proposals_decision" CHECK ("evidence_proposals"."decision" in ('accepted', 'dismissed')),
	CONSTRAINT "evidence_proposals_decided_whole" CHECK (num_nulls("evidence_proposals"."decision", "evidence_proposals"."decided_on", "evidence_proposals"."decided_by") in (0, 3)),
	CONSTRAINT "evidence_proposals_accepted_as" CHECK (("evidence_proposals"."decision" is not distinct from 'accepted') = ("evidence_proposals"."activity_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "evidence_models" (
	"is_one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"address" text NOT NULL,
	"model" text NOT NULL,
	"sealed" text,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evidence_models_one" CHECK ("evidence_models"."is_one"),
	CONSTRAINT "evidence_models_address" CHECK ("evidence_models"."address" ~ '^https?://[^[:space:]]+$'),
	CONSTRAINT "evidence_models_sealed" CHECK ("evidence_models"."sealed" like 'v1.%')
);
--> statement-breakpoint
CREATE TABLE "model_readings" (
	"evidence_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"model" text,
	"sent_sha256" char(64),
	"answered_sha256" char(64),
	"summary" text,
	"dropped" jsonb,
	"problem" text,
	CONSTRAINT "model_readings_state" CHECK ("model_readings"."state" in ('waiting', 'read', 'failed')),
	CONSTRAINT "model_readings_read_whole" CHECK (("model_readings"."state" = 'read') = ("model_readings"."dropped" is not null))
);
--> statement-breakpoint
CREATE TABLE "deputies" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"side" "decision_side" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"exception_id" text COLLATE "C",
	"named_by" text COLLATE "C" NOT NULL,
	"named_on" date NOT NULL,
	"ended_on" date,
	"ended_by" text COLLATE "C",
	CONSTRAINT "deputies_ended_whole" CHECK (("deputies"."ended_on" is null) = ("deputies"."ended_by" is null)),
	CONSTRAINT "deputies_other_person" CHECK ("deputies"."user_id" <> "deputies"."named_by")
);
--> statement-breakpoint
CREATE TABLE "exception_notes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"exception_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"decision" "decision",
	"partner_id" text COLLATE "C",
	"outcome" "outcome",
	"person_id" text COLLATE "C",
	"until" date,
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
	"falls_on" date NOT NULL,
	"kind" "exception_kind" NOT NULL,
	"partner_id" text COLLATE "C",
	"origin" "exception_origin" NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"claim" text,
	"facts" jsonb NOT NULL,
	"owner_id" text COLLATE "C",
	"raised_by" text COLLATE "C",
	"contested_by" text,
	"opened_on" date NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_on" date,
	"settlement" text,
	"became" text COLLATE "C",
	"deferred_to" text COLLATE "C",
	"deferred_until" date,
	"version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "exceptions_quarter" CHECK ("exceptions"."quarter" ~ '^[0-9]{4}-Q[1-4]$'),
	CONSTRAINT "exceptions_settled_whole" CHECK (num_nulls("exceptions"."settled_at", "exceptions"."settled_on", "exceptions"."settlement") in (0, 3)),
	CONSTRAINT "exceptions_settlement" CHECK ("exceptions"."settlement" in ('facts', 'withdrawn', 'rule_upheld', 'ruling', 'learning')),
	CONSTRAINT "exceptions_deferred_whole" CHECK (("exceptions"."deferred_to" is null) = ("exceptions"."deferred_until" is null))
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
	"source" "evidence_source",
	"import_id" text COLLATE "C",
	"recorded_by" text COLLATE "C",
	"statement_id" text COLLATE "C",
	"changed_by" text COLLATE "C",
	"vouched_on" date,
	"vouched_by" text COLLATE "C",
	"owner_id" text COLLATE "C",
	"next_step" text,
	"next_step_due_on" date,
	"next_step_done_on" date,
	"next_step_done_by" text COLLATE "C",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activities_type" CHECK ("activities"."type" ~ '^[a-z][a-z0-9_]{0,63}$'),
	CONSTRAINT "activities_stage" CHECK ("activities"."stage" between 0 and 6),
	CONSTRAINT "activities_proof" CHECK ("activities"."proof" is null or "activities"."proof" ~* '^(https?://[^[:space:][:cntrl:]/?#]|note:[^[:space:][:cntrl:]])[^[:space:][:cntrl:]]*$'),
	CONSTRAINT "activities_not_in_future" CHECK ("activities"."occurred_on" <= "activities"."recorded_on"),
	CONSTRAINT "activities_recorded_not_in_future" CHECK ("activities"."recorded_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "activities_vouched_whole" CHECK (("activities"."vouched_on" is null) = ("activities"."vouched_by" is null)),
	CONSTRAINT "activities_two_hands" CHECK ("activities"."vouched_by" <> coalesce("activities"."changed_by", "activities"."recorded_by")),
	CONSTRAINT "activities_step_done_not_in_future" CHECK ("activities"."next_step_done_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "activities_due_needs_step" CHECK ("activities"."next_step_due_on" is null or "activities"."next_step" is not null)
);
--> statement-breakpoint
CREATE TABLE "registration_decisions" (
	"registration_id" text COLLATE "C" NOT NULL,
	"status" "registration_status" NOT NULL,
	"decided_on" date NOT NULL,
	"decided_by" text COLLATE "C",
	"reason" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C",
	"account_id" text COLLATE "C",
	"domain" text,
	"partner_id" text COLLATE "C" NOT NULL,
	"submitted_on" date NOT NULL,
	"recorded_on" date NOT NULL,
	"recorded_by" text COLLATE "C",
	"status" "registration_status" NOT NULL,
	"decided_on" date,
	"decided_by" text COLLATE "C",
	"reason" text,
	"protected_until" date,
	"source" "evidence_source",
	"import_id" text COLLATE "C",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "registrations_not_in_future" CHECK ("registrations"."submitted_on" <= "registrations"."recorded_on"),
	CONSTRAINT "registrations_recorded_not_in_future" CHECK ("registrations"."recorded_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "registrations_pending_undecided" CHECK (("registrations"."status" = 'pending') = ("registrations"."decided_on" is null)
        and ("registrations"."status" <> 'pending' or "registrations"."decided_by" is null)),
	CONSTRAINT "registrations_decided_not_in_future" CHECK ("registrations"."decided_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "registrations_decided_after_recorded" CHECK ("registrations"."decided_by" is null or "registrations"."recorded_on" <= "registrations"."decided_on"),
	CONSTRAINT "registrations_two_hands" CHECK ("registrations"."decided_by" <> "registrations"."recorded_by"),
	CONSTRAINT "registrations_rejected_for_a_reason" CHECK ("registrations"."status" <> 'rejected' or "registrations"."decided_by" is null or length(trim("registrations"."reason")) > 0),
	CONSTRAINT "registrations_of_something" CHECK (num_nonnulls("registrations"."deal_id", "registrations"."account_id") > 0),
	CONSTRAINT "registrations_domain" CHECK ("registrations"."domain" ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$'),
	CONSTRAINT "registrations_protected_when_approved" CHECK ("registrations"."protected_until" is null or ("registrations"."status" = 'approved' and "registrations"."protected_until" >= "registrations"."decided_on"))
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
	"changed_by" text COLLATE "C",
	"refused_on" date,
	"refused_by" text COLLATE "C",
	"refused_reason" text,
	"source" "evidence_source",
	"import_id" text COLLATE "C",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "role_rows_once" UNIQUE("deal_id","partner_id","role"),
	CONSTRAINT "role_rows_stage" CHECK ("role_rows"."touch_stage" between 0 and 6),
	CONSTRAINT "role_rows_touched_before_recorded" CHECK ("role_rows"."touched_on" <= "role_rows"."recorded_on"),
	CONSTRAINT "role_rows_not_in_future" CHECK ("role_rows"."recorded_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "role_rows_refused_whole" CHECK (num_nulls("role_rows"."refused_on", "role_rows"."refused_by", "role_rows"."refused_reason") in (0, 3)),
	CONSTRAINT "role_rows_confirmed_or_refused" CHECK ("role_rows"."refused_on" is null or "role_rows"."confirmed_on" is null),
	CONSTRAINT "role_rows_refused_by_another" CHECK ("role_rows"."refused_by" <> "role_rows"."recorded_by")
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
CREATE TABLE "cost_nones" (
	"quarter" text NOT NULL,
	"side" "cost_side" NOT NULL,
	"category" text NOT NULL,
	"said_by" text COLLATE "C",
	"said_on" date NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "cost_nones_quarter_side_category_pk" PRIMARY KEY("quarter","side","category"),
	CONSTRAINT "cost_nones_quarter" CHECK ("cost_nones"."quarter" ~ '^[0-9]{4}-(Q[1-4]|[01][0-9]|[01][0-9]-[0-3][0-9]\.\.[0-9]{4}-[01][0-9]-[0-3][0-9])$')
);
--> statement-breakpoint
CREATE TABLE "costs" (
	"quarter" text NOT NULL,
	"side" "cost_side" NOT NULL,
	"category" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"import_id" text COLLATE "C",
	"demo" boolean DEFAULT false NOT NULL,
	"entered_by" text COLLATE "C",
	"entered_on" date,
	"evidence" text,
	CONSTRAINT "costs_quarter_side_category_currency_pk" PRIMARY KEY("quarter","side","category","currency"),
	CONSTRAINT "costs_evidence" CHECK ("costs"."evidence" ~* '^https?://[^[:space:][:cntrl:]]+$'),
	CONSTRAINT "costs_entered_whole" CHECK (("costs"."entered_by" is null) = ("costs"."entered_on" is null)),
	CONSTRAINT "costs_quarter" CHECK ("costs"."quarter" ~ '^[0-9]{4}-(Q[1-4]|[01][0-9]|[01][0-9]-[0-3][0-9]\.\.[0-9]{4}-[01][0-9]-[0-3][0-9])$'),
	CONSTRAINT "costs_amount" CHECK ("costs"."amount" between 0 and 9007199254740991),
	CONSTRAINT "costs_currency" CHECK ("costs"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "cost_shares" (
	"quarter" text NOT NULL,
	"side" "cost_side" NOT NULL,
	"category" text NOT NULL,
	"currency" char(3) NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "cost_shares_quarter_side_category_currency_partner_id_pk" PRIMARY KEY("quarter","side","category","currency","partner_id"),
	CONSTRAINT "cost_shares_amount" CHECK ("cost_shares"."amount" between 1 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "rates" (
	"quarter" text NOT NULL,
	"currency" char(3) NOT NULL,
	"rate" numeric(24, 12) NOT NULL,
	"import_id" text COLLATE "C",
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "rates_quarter_currency_pk" PRIMARY KEY("quarter","currency"),
	CONSTRAINT "rates_quarter" CHECK ("rates"."quarter" ~ '^[0-9]{4}-(Q[1-4]|[01][0-9]|[01][0-9]-[0-3][0-9]\.\.[0-9]{4}-[01][0-9]-[0-3][0-9])$'),
	CONSTRAINT "rates_positive" CHECK ("rates"."rate" > 0)
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"system" "connection_system" NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"sealed" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"on_since" timestamp with time zone,
	"accepted_on" date,
	"accepted_by" text COLLATE "C",
	"asked" "connection_ask",
	"looked" jsonb,
	"looked_at" timestamp with time zone,
	"rehearsed" jsonb,
	"problem" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_name" UNIQUE("name"),
	CONSTRAINT "connections_address" CHECK ("connections"."address" ~ '^https?://[^[:space:]]+$'),
	CONSTRAINT "connections_sealed" CHECK ("connections"."sealed" like 'v1.%'),
	CONSTRAINT "connections_accepted_whole" CHECK (("connections"."accepted_on" is null) = ("connections"."accepted_by" is null)),
	CONSTRAINT "connections_accepted_by_another" CHECK ("connections"."accepted_by" is null or "connections"."created_by" <> 'user:' || "connections"."accepted_by")
);
--> statement-breakpoint
CREATE TABLE "connection_cursors" (
	"connection_id" text COLLATE "C" NOT NULL,
	"stream" text NOT NULL,
	"cursor" jsonb NOT NULL,
	"moved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_cursors_connection_id_stream_pk" PRIMARY KEY("connection_id","stream")
);
--> statement-breakpoint
CREATE TABLE "connection_hints" (
	"connection_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"is_gone" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_hints_connection_id_key_pk" PRIMARY KEY("connection_id","key")
);
--> statement-breakpoint
CREATE TABLE "connection_messages" (
	"connection_id" text COLLATE "C" NOT NULL,
	"message_id" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "connection_messages_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"body" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_messages_connection_id_message_id_pk" PRIMARY KEY("connection_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "connection_runs" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"connection_id" text COLLATE "C" NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"stream" text,
	"problem" text,
	"missed" text,
	"read" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"removed" integer DEFAULT 0 NOT NULL,
	"written" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "source_records" (
	"connection_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"deal_id" text COLLATE "C",
	"said" jsonb,
	"refused" jsonb,
	"differs" jsonb,
	"written" jsonb,
	"written_version" integer,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "source_records_connection_id_kind_key_pk" PRIMARY KEY("connection_id","kind","key")
);
--> statement-breakpoint
CREATE TABLE "deal_changes" (
	"connection_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"field" text NOT NULL,
	"before" text,
	"after" text,
	"at" timestamp with time zone NOT NULL,
	"by" text,
	CONSTRAINT "deal_changes_connection_id_key_pk" PRIMARY KEY("connection_id","key"),
	CONSTRAINT "deal_changes_field" CHECK ("deal_changes"."field" in ('amount', 'currency', 'type', 'close_day', 'owner', 'stage')),
	CONSTRAINT "deal_changes_change" CHECK ("deal_changes"."before" is distinct from "deal_changes"."after")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"sha256" char(64),
	"bytes" bigint,
	"source" "evidence_source",
	"read" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"unmapped" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"imported_by" text NOT NULL,
	"connection_id" text COLLATE "C",
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"accepted_on" date,
	"accepted_by" text COLLATE "C",
	"taken_back_at" timestamp with time zone,
	"taken_back_by" text,
	CONSTRAINT "imports_sha256" CHECK ("imports"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "imports_accepted_whole" CHECK (("imports"."accepted_on" is null) = ("imports"."accepted_by" is null)),
	CONSTRAINT "imports_accepted_by_another" CHECK ("imports"."accepted_by" is null or "imports"."imported_by" <> 'user:' || "imports"."accepted_by"),
	CONSTRAINT "imports_taken_back_whole" CHECK (("imports"."taken_back_at" is null) = ("imports"."taken_back_by" is null)),
	CONSTRAINT "imports_accepted_or_taken_back" CHECK ("imports"."accepted_on" is null or "imports"."taken_back_at" is null)
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
CREATE TABLE "inbox_delegations" (
	"kind" "inbox_kind" NOT NULL,
	"subject_id" text NOT NULL,
	"deal_id" text COLLATE "C",
	"to_id" text COLLATE "C" NOT NULL,
	"by_id" text COLLATE "C",
	"delegated_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_delegations_kind_subject_id_pk" PRIMARY KEY("kind","subject_id"),
	CONSTRAINT "inbox_delegations_not_in_future" CHECK ("inbox_delegations"."delegated_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "inbox_delegations_subject_given" CHECK (length("inbox_delegations"."subject_id") > 0)
);
--> statement-breakpoint
CREATE TABLE "inbox_snoozes" (
	"user_id" text COLLATE "C" NOT NULL,
	"kind" "inbox_kind" NOT NULL,
	"subject_id" text NOT NULL,
	"until" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbox_snoozes_user_id_kind_subject_id_pk" PRIMARY KEY("user_id","kind","subject_id")
);
--> statement-breakpoint
CREATE TABLE "inbox_week_counts" (
	"week" date NOT NULL,
	"kind" "inbox_kind" NOT NULL,
	"owner_id" text COLLATE "C",
	"desk" "user_role",
	"items" integer NOT NULL,
	CONSTRAINT "inbox_week_counts_once" UNIQUE NULLS NOT DISTINCT("week","kind","owner_id","desk"),
	CONSTRAINT "inbox_week_counts_some" CHECK ("inbox_week_counts"."items" > 0),
	CONSTRAINT "inbox_week_counts_one_owner" CHECK ("inbox_week_counts"."owner_id" is null or "inbox_week_counts"."desk" is null)
);
--> statement-breakpoint
CREATE TABLE "inbox_weeks" (
	"week" date PRIMARY KEY NOT NULL,
	"counted_on" date NOT NULL,
	CONSTRAINT "inbox_weeks_begin_on_monday" CHECK (extract(isodow from "inbox_weeks"."week") = 1),
	CONSTRAINT "inbox_weeks_counted_within" CHECK ("inbox_weeks"."counted_on" between "inbox_weeks"."week" and "inbox_weeks"."week" + 6)
);
--> statement-breakpoint
CREATE TABLE "introductions" (
	"activity_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"answered_on" date,
	"answered_by" text COLLATE "C",
	"looped_back_on" date,
	"looped_back_by" text COLLATE "C",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "introductions_answered_not_in_future" CHECK ("introductions"."answered_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "introductions_looped_back_not_in_future" CHECK ("introductions"."looped_back_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "introductions_answered_whole" CHECK (("introductions"."answered_on" is null) = ("introductions"."answered_by" is null)),
	CONSTRAINT "introductions_looped_back_whole" CHECK (("introductions"."looped_back_on" is null) = ("introductions"."looped_back_by" is null))
);
--> statement-breakpoint
CREATE TABLE "joint_steps" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"what" text NOT NULL,
	"due_on" date,
	"owner_id" text COLLATE "C" NOT NULL,
	"play_id" text COLLATE "C",
	"play_week" smallint,
	"recorded_on" date NOT NULL,
	"recorded_by" text COLLATE "C",
	"done_on" date,
	"done_by" text COLLATE "C",
	"closed_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "joint_steps_what_given" CHECK (length(trim("joint_steps"."what")) > 0),
	CONSTRAINT "joint_steps_not_in_future" CHECK ("joint_steps"."recorded_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "joint_steps_done_not_in_future" CHECK ("joint_steps"."done_on" <= (now() at time zone 'UTC')::date + 1),
	CONSTRAINT "joint_steps_done_or_closed" CHECK (num_nonnulls("joint_steps"."done_on", "joint_steps"."closed_on") < 2)
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"file_name" text,
	"file_type" text,
	"file_sha256" char(64),
	"file" "bytea",
	"recorded_on" date NOT NULL,
	"recorded_by" text COLLATE "C",
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notes_text_given" CHECK (length(trim("notes"."text")) > 0),
	CONSTRAINT "notes_file_whole" CHECK (num_nulls("notes"."file_name", "notes"."file_type", "notes"."file_sha256", "notes"."file") in (0, 4)),
	CONSTRAINT "notes_file_is_itself" CHECK ("notes"."file_sha256" = encode(sha256("notes"."file"), 'hex')),
	CONSTRAINT "notes_file_by_its_hash" CHECK ("notes"."file" is null or "notes"."id" = 'sha256-' || "notes"."file_sha256"),
	CONSTRAINT "notes_file_small" CHECK (length("notes"."file") <= 5000000)
);
--> statement-breakpoint
CREATE TABLE "chat_channels" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"chat" "chat" NOT NULL,
	"name" text NOT NULL,
	"team" text,
	"address" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chat_channels_address" CHECK ("chat_channels"."address" ~ '^https?://[^[:space:]]+$'),
	CONSTRAINT "chat_channels_name_given" CHECK (length(trim("chat_channels"."name")) > 0)
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"endpoint_id" text COLLATE "C" NOT NULL,
	"event" "webhook_event" NOT NULL,
	"message_id" text NOT NULL,
	"body" text NOT NULL,
	"state" "webhook_state" DEFAULT 'waiting' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"held_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_deliveries_sent" CHECK (("webhook_deliveries"."state" = 'sent') = ("webhook_deliveries"."sent_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"events" "webhook_event"[] NOT NULL,
	"secret" text NOT NULL,
	"paused_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_endpoints_address" CHECK ("webhook_endpoints"."address" ~ '^https?://[^[:space:]]+$'),
	CONSTRAINT "webhook_endpoints_name_given" CHECK (length(trim("webhook_endpoints"."name")) > 0),
	CONSTRAINT "webhook_endpoints_events_given" CHECK (cardinality("webhook_endpoints"."events") > 0)
);
--> statement-breakpoint
CREATE TABLE "notice_choices" (
	"user_id" text COLLATE "C" NOT NULL,
	"kind" "notice_kind" NOT NULL,
	"choice" "notice_choice" NOT NULL,
	CONSTRAINT "notice_choices_user_id_kind_pk" PRIMARY KEY("user_id","kind")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" "notice_kind" NOT NULL,
	"to_id" text COLLATE "C" NOT NULL,
	"by_id" text COLLATE "C",
	"request" text NOT NULL,
	"deal_id" text COLLATE "C",
	"about" jsonb NOT NULL,
	"once_key" text,
	"state" "notice_state" DEFAULT 'waiting' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"held_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"way" "notice_choice",
	"problem" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notices_once_key_unique" UNIQUE("once_key"),
	CONSTRAINT "notices_sent" CHECK (("notices"."state" = 'sent') = ("notices"."sent_at" is not null)),
	CONSTRAINT "notices_attempts" CHECK ("notices"."attempts" >= 0)
);
--> statement-breakpoint
CREATE TABLE "judged_deals" (
	"deal_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account" text,
	"owner" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"type" "deal_type" NOT NULL,
	"route" "route" NOT NULL,
	"created_on" date NOT NULL,
	"closed_on" date,
	"state" "deal_outcome" NOT NULL,
	"stage" smallint NOT NULL,
	"outcome" "outcome" NOT NULL,
	"evidence" "grade",
	"disputed" boolean NOT NULL,
	"gray" "gray_code"[] DEFAULT '{}' NOT NULL,
	"confirmed" boolean NOT NULL,
	"confirmed_before_close" boolean NOT NULL,
	"status" "deal_status" NOT NULL,
	"proof" "proof_state" NOT NULL,
	"partners" jsonb NOT NULL,
	"partner_ids" text[] NOT NULL,
	"engaged_on" date[] NOT NULL,
	"counts_as" text NOT NULL,
	"cell" text NOT NULL,
	"cycle_days" integer,
	"policy_hash" char(64) NOT NULL,
	"as_of" date NOT NULL,
	"stale_on" date,
	"cohort" text,
	"cohort_on" date,
	"expected_on" date,
	"closes_soon" boolean NOT NULL,
	"ended_on" date,
	"ended_as" "deal_outcome",
	"decided" "decided_state",
	"found" "finding"[],
	"judged_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "judged_deals_reconciled" CHECK (num_nulls("judged_deals"."ended_on", "judged_deals"."ended_as", "judged_deals"."decided", "judged_deals"."found") in (0, 4)
        and "judged_deals"."ended_as" <> 'open' and ("judged_deals"."decided" = 'clear') = (cardinality("judged_deals"."found") = 0)),
	CONSTRAINT "judged_deals_hash" CHECK ("judged_deals"."policy_hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "packed_facts" (
	"deal_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"form" smallint NOT NULL,
	"line" text NOT NULL,
	"as_of" date NOT NULL,
	"created_on" date NOT NULL,
	"closed_on" date
);
--> statement-breakpoint
CREATE TABLE "lens_deals" (
	"deal_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"two_bucket" "outcome" NOT NULL,
	"triple_tier" "outcome" NOT NULL,
	"roi_buckets" "outcome" NOT NULL,
	"lanes" "outcome" NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"created_on" date NOT NULL,
	"closed_on" date,
	"cohort" text,
	"stale_on" date
);
--> statement-breakpoint
CREATE TABLE "partner_outcomes" (
	"deal_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"outcome" "outcome" NOT NULL,
	"disputed" "outcome",
	"credit" bigint NOT NULL,
	"rule" text NOT NULL,
	"created_on" date NOT NULL,
	"state" "deal_outcome" NOT NULL,
	CONSTRAINT "partner_outcomes_deal_id_partner_id_pk" PRIMARY KEY("deal_id","partner_id"),
	CONSTRAINT "partner_outcomes_credit" CHECK ("partner_outcomes"."credit" >= 0)
);
--> statement-breakpoint
CREATE TABLE "partner_contacts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"title" text,
	"of_file" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_contacts_name_given" CHECK (length(trim("partner_contacts"."name")) > 0),
	CONSTRAINT "partner_contacts_email" CHECK ("partner_contacts"."email" ~ '^[^[:space:]@]+@[^[:space:]@]+$')
);
--> statement-breakpoint
CREATE TABLE "partner_statements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"token_hash" char(64) NOT NULL,
	"amounts" boolean NOT NULL,
	"answered_by" text,
	"answered_from" text,
	"shared_by" text COLLATE "C" NOT NULL,
	"shared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "partner_statements_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "partner_statements_answered_whole" CHECK (("partner_statements"."answered_by" is null) = ("partner_statements"."answered_from" is null)),
	CONSTRAINT "partner_statements_expires" CHECK ("partner_statements"."expires_at" > "partner_statements"."shared_at")
);
--> statement-breakpoint
CREATE TABLE "partner_word_facts" (
	"word_id" text COLLATE "C" NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"fact_id" text COLLATE "C" NOT NULL,
	"claim" text NOT NULL,
	CONSTRAINT "partner_word_facts_word_id_fact_id_pk" PRIMARY KEY("word_id","fact_id")
);
--> statement-breakpoint
CREATE TABLE "partner_words" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"statement_id" text COLLATE "C" NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"said" "partner_said" NOT NULL,
	"words" text,
	"exception_id" text COLLATE "C",
	"said_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_words_once" UNIQUE("statement_id","deal_id"),
	CONSTRAINT "partner_words_contested_for_a_reason" CHECK (("partner_words"."said" = 'contested') = ("partner_words"."words" is not null)),
	CONSTRAINT "partner_words_not_in_future" CHECK ("partner_words"."said_on" <= (now() at time zone 'UTC')::date + 1)
);
--> statement-breakpoint
CREATE TABLE "partner_parents" (
	"partner_id" text COLLATE "C" NOT NULL,
	"parent_id" text COLLATE "C",
	"until_day" date NOT NULL,
	CONSTRAINT "partner_parents_once" UNIQUE("partner_id","until_day")
);
--> statement-breakpoint
CREATE TABLE "partner_programs" (
	"partner_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"from_day" date,
	"to_day" date,
	"granted_by" text COLLATE "C",
	CONSTRAINT "partner_programs_once" UNIQUE NULLS NOT DISTINCT("partner_id","name","from_day"),
	CONSTRAINT "partner_programs_name_given" CHECK (length(trim("partner_programs"."name")) > 0),
	CONSTRAINT "partner_programs_days" CHECK ("partner_programs"."from_day" <= "partner_programs"."to_day")
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" "partner_kind" NOT NULL,
	"parent_id" text COLLATE "C",
	"merged_into" text COLLATE "C",
	"owner_id" text COLLATE "C",
	"import_id" text COLLATE "C",
	"version" integer DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partners_id_given" CHECK (length("partners"."id") > 0),
	CONSTRAINT "partners_name_given" CHECK (length(trim("partners"."name")) > 0),
	CONSTRAINT "partners_not_merged_into_itself" CHECK ("partners"."merged_into" is distinct from "partners"."id"),
	CONSTRAINT "partners_not_own_parent" CHECK ("partners"."parent_id" is distinct from "partners"."id")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"user_id" text COLLATE "C",
	"role" "user_role",
	"scopes" text[] NOT NULL,
	"key_hash" char(64) NOT NULL,
	"hint" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_key_hash_unique" UNIQUE("key_hash"),
	CONSTRAINT "api_keys_one_owner" CHECK (("api_keys"."user_id" is null) = ("api_keys"."role" is not null)),
	CONSTRAINT "api_keys_name_given" CHECK (length(trim("api_keys"."name")) > 0),
	CONSTRAINT "api_keys_scopes_given" CHECK (cardinality("api_keys"."scopes") > 0),
	CONSTRAINT "api_keys_services_write_nothing" CHECK ("api_keys"."user_id" is not null or "api_keys"."scopes" <@ array['read', 'gate', 'evidence']),
	CONSTRAINT "api_keys_expires" CHECK ("api_keys"."expires_at" > "api_keys"."created_at")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "key_turns" (
	"key" text PRIMARY KEY NOT NULL,
	"used" integer NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "password_links" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"token_hash" char(64) NOT NULL,
	"issued_by" text NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "password_links_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "password_tries" (
	"key" text PRIMARY KEY NOT NULL,
	"tries" integer NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "challenges" (
	"token_hash" char(64) PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"session_id" text NOT NULL,
	"about" char(64),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "challenges_about" CHECK (("challenges"."purpose" = 'sign') = ("challenges"."about" is not null)),
	CONSTRAINT "challenges_purpose" CHECK ("challenges"."purpose" in ('link', 'register', 'sign')),
	CONSTRAINT "challenges_minutes" CHECK ("challenges"."expires_at" <= "challenges"."created_at" + interval '15 minutes')
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" text COLLATE "C",
	"email" text NOT NULL,
	"name" text NOT NULL,
	"linked_by" text,
	"linked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "identities_issuer_subject_pk" PRIMARY KEY("issuer","subject"),
	CONSTRAINT "identities_issuer" CHECK ("identities"."issuer" ~ '^https?://[^[:space:]]+$'),
	CONSTRAINT "identities_subject" CHECK (length("identities"."subject") between 1 and 255),
	CONSTRAINT "identities_linked_whole" CHECK (("identities"."user_id" is null) = ("identities"."linked_at" is null) and ("identities"."user_id" is null) = ("identities"."linked_by" is null))
);
--> statement-breakpoint
CREATE TABLE "sign_on_groups" (
	"group_name" text PRIMARY KEY NOT NULL,
	"role" "user_role" NOT NULL,
	"place" integer NOT NULL,
	CONSTRAINT "sign_on_groups_given" CHECK (length(trim("sign_on_groups"."group_name")) > 0)
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"own" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "passkeys_name_given" CHECK (length(trim("passkeys"."name")) > 0),
	CONSTRAINT "passkeys_counter" CHECK ("passkeys"."counter" >= 0)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"browser_id" text,
	"browser" text NOT NULL,
	"origin" text NOT NULL,
	"way" "sign_in_way" DEFAULT 'password' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"reason" text NOT NULL,
	"erased_by" text COLLATE "C" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasures_kind" CHECK ("erasures"."kind" in ('user', 'partner_contact')),
	CONSTRAINT "erasures_reason_given" CHECK (length(trim("erasures"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"reason" text NOT NULL,
	"held_by" text COLLATE "C" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"lifted_at" timestamp with time zone,
	"lifted_by" text COLLATE "C",
	CONSTRAINT "holds_kind" CHECK ("holds"."kind" in ('user', 'partner_contact')),
	CONSTRAINT "holds_reason_given" CHECK (length(trim("holds"."reason")) > 0),
	CONSTRAINT "holds_lifted_whole" CHECK (("holds"."lifted_at" is null) = ("holds"."lifted_by" is null))
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "user_role" NOT NULL,
	"owner_name" text,
	"team" text,
	"password_hash" text,
	"password_set_at" timestamp with time zone,
	"password_own" boolean DEFAULT false NOT NULL,
	"passkey_own" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_owner_name_unique" UNIQUE("owner_name"),
	CONSTRAINT "users_email_lowercase" CHECK ("users"."email" = lower("users"."email")),
	CONSTRAINT "users_name_given" CHECK (length(trim("users"."name")) > 0),
	CONSTRAINT "users_erased_off" CHECK ("users"."erased_at" is null or "users"."disabled_at" is not null),
	CONSTRAINT "users_own_password" CHECK ("users"."password_hash" is not null or not "users"."password_own")
);
--> statement-breakpoint
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
	"policy_id" text COLLATE "C" NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"from_outcome" "outcome" NOT NULL,
	"to_outcome" "outcome" NOT NULL,
	CONSTRAINT "judging_moves_policy_id_deal_id_pk" PRIMARY KEY("policy_id","deal_id")
);
--> statement-breakpoint
CREATE TABLE "judging_runs" (
	"policy_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cursor" text COLLATE "C",
	"judged" integer DEFAULT 0 NOT NULL,
	"total" integer NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "judging_runs_counts" CHECK ("judging_runs"."judged" >= 0 and "judging_runs"."total" >= 0)
);
--> statement-breakpoint
CREATE TABLE "learnings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"quarter" text NOT NULL,
	"falls_on" date NOT NULL,
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
	"method" "sign_method" DEFAULT 'password' NOT NULL,
	"signed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"log_head" text,
	CONSTRAINT "signatures_one_a_seat" PRIMARY KEY("policy_id","seat"),
	CONSTRAINT "signatures_one_a_person" UNIQUE("policy_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "locked_months" (
	"month" text PRIMARY KEY NOT NULL,
	"locked_on" date NOT NULL,
	"locked_by" text COLLATE "C" NOT NULL,
	"won" integer NOT NULL,
	"won_confirmed" integer NOT NULL,
	"lost" integer NOT NULL,
	"lost_confirmed" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "locked_months_month" CHECK ("locked_months"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "locked_months_counted" CHECK ("locked_months"."won_confirmed" between 0 and "locked_months"."won" and "locked_months"."lost_confirmed" between 0 and "locked_months"."lost")
);
--> statement-breakpoint
CREATE TABLE "reconciled_deals" (
	"deal_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"found" text[] NOT NULL,
	"facts" char(64) NOT NULL,
	"reason" text,
	"decided_on" date NOT NULL,
	"decided_by" text COLLATE "C" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reconciled_deals_found" CHECK (cardinality("reconciled_deals"."found") > 0),
	CONSTRAINT "reconciled_deals_facts" CHECK ("reconciled_deals"."facts" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "reconciled_deals_reason" CHECK (length(trim("reconciled_deals"."reason")) > 0)
);
--> statement-breakpoint
CREATE TABLE "freeze_preparations" (
	"quarter" text PRIMARY KEY NOT NULL,
	"prepared_by" text COLLATE "C" NOT NULL,
	"prepared_by_name" text NOT NULL,
	"prepared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"checklist" jsonb NOT NULL,
	"digest" char(64) NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_samples" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"quarter" text NOT NULL,
	"digest" char(64) NOT NULL,
	"method" text NOT NULL,
	"seed" text NOT NULL,
	"size" integer NOT NULL,
	"drawn_by" text COLLATE "C" NOT NULL,
	"drawn_by_name" text NOT NULL,
	"drawn_at" timestamp with time zone DEFAULT now() NOT NULL,
	"signed_off_by" text COLLATE "C",
	"signed_off_by_name" text,
	"signed_off_at" timestamp with time zone,
	"conclusion" text,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "audit_samples_method" CHECK ("audit_samples"."method" in ('deals', 'amount')),
	CONSTRAINT "audit_samples_seed" CHECK (length(trim("audit_samples"."seed")) > 0),
	CONSTRAINT "audit_samples_size" CHECK ("audit_samples"."size" between 1 and 200),
	CONSTRAINT "audit_samples_signed_off_whole" CHECK (num_nulls("audit_samples"."signed_off_by", "audit_samples"."signed_off_by_name", "audit_samples"."signed_off_at", "audit_samples"."conclusion") in (0, 4)),
	CONSTRAINT "audit_samples_two_hands" CHECK ("audit_samples"."signed_off_by" <> "audit_samples"."drawn_by"),
	CONSTRAINT "audit_samples_conclusion" CHECK (length(trim("audit_samples"."conclusion")) > 0)
);
--> statement-breakpoint
CREATE TABLE "sampled_deals" (
	"sample_id" text COLLATE "C" NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"place" integer NOT NULL,
	"verdict" text,
	"note" text,
	"ticked_by" text COLLATE "C",
	"ticked_by_name" text,
	"ticked_at" timestamp with time zone,
	CONSTRAINT "sampled_deals_sample_id_deal_id_pk" PRIMARY KEY("sample_id","deal_id"),
	CONSTRAINT "sampled_deals_verdict" CHECK ("sampled_deals"."verdict" in ('holds', 'does_not_hold')),
	CONSTRAINT "sampled_deals_ticked_whole" CHECK (num_nulls("sampled_deals"."verdict", "sampled_deals"."ticked_by", "sampled_deals"."ticked_by_name", "sampled_deals"."ticked_at") in (0, 4)),
	CONSTRAINT "sampled_deals_says_why" CHECK ("sampled_deals"."verdict" <> 'does_not_hold' or "sampled_deals"."note" is not null),
	CONSTRAINT "sampled_deals_note" CHECK (length(trim("sampled_deals"."note")) > 0)
);
--> statement-breakpoint
CREATE TABLE "restatements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"quarter" text NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"document" text,
	"reason" text NOT NULL,
	"proposed_by" text COLLATE "C" NOT NULL,
	"by_finance" boolean NOT NULL,
	"proposed_on" date NOT NULL,
	"journal" text,
	"accepted_by" text COLLATE "C",
	"accepted_on" date,
	"accepted_at" timestamp with time zone,
	"declined_by" text COLLATE "C",
	"declined_on" date,
	"declined_reason" text,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "restatements_kind" CHECK ("restatements"."kind" in ('changed', 'deleted', 'added')),
	CONSTRAINT "restatements_document" CHECK (("restatements"."kind" = 'deleted') = ("restatements"."document" is null)),
	CONSTRAINT "restatements_reason" CHECK (length(trim("restatements"."reason")) > 0),
	CONSTRAINT "restatements_accepted_whole" CHECK (num_nulls("restatements"."journal", "restatements"."accepted_by", "restatements"."accepted_on", "restatements"."accepted_at") in (0, 4)),
	CONSTRAINT "restatements_declined_whole" CHECK (num_nulls("restatements"."declined_by", "restatements"."declined_on", "restatements"."declined_reason") in (0, 3)),
	CONSTRAINT "restatements_two_hands" CHECK ("restatements"."accepted_by" <> "restatements"."proposed_by"),
	CONSTRAINT "restatements_one_end" CHECK ("restatements"."accepted_by" is null or "restatements"."declined_by" is null)
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"quarter" text PRIMARY KEY NOT NULL,
	"falls_on" date NOT NULL,
	"facilitator_id" text COLLATE "C",
	"position" text DEFAULT 'pipeline' NOT NULL,
	"ask" text DEFAULT '' NOT NULL,
	"ask_by" text COLLATE "C",
	"minutes" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"turn" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "reviews_quarter" CHECK ("reviews"."quarter" ~ '^[0-9]{4}-Q[1-4]$')
);
--> statement-breakpoint
CREATE TABLE "compensation_payments" (
	"plan_id" text COLLATE "C" NOT NULL,
	"quarter" text NOT NULL,
	"run" integer NOT NULL,
	"document" text NOT NULL,
	"digest" char(64) NOT NULL,
	"paid_by" text COLLATE "C" NOT NULL,
	"paid_by_name" text NOT NULL,
	"paid_on" date NOT NULL,
	CONSTRAINT "compensation_payments_plan_id_quarter_run_pk" PRIMARY KEY("plan_id","quarter","run"),
	CONSTRAINT "compensation_payments_quarter" CHECK ("compensation_payments"."quarter" ~ '^[0-9]{4}-Q[1-4]$'),
	CONSTRAINT "compensation_payments_run" CHECK ("compensation_payments"."run" > 0)
);
--> statement-breakpoint
CREATE TABLE "compensation_plans" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"canonical" text NOT NULL,
	"hash" char(64) NOT NULL,
	"drafted_by" text COLLATE "C",
	"drafted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" text COLLATE "C",
	"withdrawn_reason" text,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "compensation_plans_hash_is_of_the_text" CHECK ("compensation_plans"."hash" = encode(sha256(convert_to("compensation_plans"."canonical", 'UTF8')), 'hex')),
	CONSTRAINT "compensation_plans_withdrawn_with_reason" CHECK (("compensation_plans"."withdrawn_at" is null) = ("compensation_plans"."withdrawn_reason" is null)),
	CONSTRAINT "compensation_plans_title" CHECK (length(trim("compensation_plans"."title")) > 0)
);
--> statement-breakpoint
CREATE TABLE "compensation_signatures" (
	"plan_id" text COLLATE "C" NOT NULL,
	"seat" "seat" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"hash" char(64) NOT NULL,
	"method" "sign_method" DEFAULT 'password' NOT NULL,
	"signed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"log_head" text,
	CONSTRAINT "compensation_signatures_one_a_seat" PRIMARY KEY("plan_id","seat"),
	CONSTRAINT "compensation_signatures_one_a_person" UNIQUE("plan_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "targets" (
	"quarter" text NOT NULL,
	"line" text NOT NULL,
	"owner_id" text COLLATE "C",
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"set_by" text COLLATE "C",
	"set_on" date NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "targets_quarter" CHECK ("targets"."quarter" ~ '^[0-9]{4}-(Q[1-4]|[01][0-9]|[01][0-9]-[0-3][0-9]\.\.[0-9]{4}-[01][0-9]-[0-3][0-9])$'),
	CONSTRAINT "targets_line" CHECK ("targets"."line" in ('sourced', 'influenced')),
	CONSTRAINT "targets_amount" CHECK ("targets"."amount" between 1 and 9007199254740991),
	CONSTRAINT "targets_currency" CHECK ("targets"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "forecast_signatures" (
	"week" date PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"digest" char(64) NOT NULL,
	"signed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forecast_snapshots" (
	"week" date PRIMARY KEY NOT NULL,
	"taken_on" date NOT NULL,
	"taken_at" timestamp with time zone DEFAULT now() NOT NULL,
	"document" text NOT NULL,
	"digest" char(64) NOT NULL,
	"deals" integer NOT NULL,
	"amount" bigint NOT NULL,
	"weighted" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	CONSTRAINT "forecast_snapshots_monday" CHECK (extract(isodow from "forecast_snapshots"."week") = 1),
	CONSTRAINT "forecast_snapshots_in_its_week" CHECK ("forecast_snapshots"."taken_on" between "forecast_snapshots"."week" and "forecast_snapshots"."week" + 6),
	CONSTRAINT "forecast_snapshots_currency" CHECK ("forecast_snapshots"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "sealed_deals" (
	"quarter" text NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL,
	"document" text NOT NULL,
	"account" text,
	"owner" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" char(3) NOT NULL,
	"type" "deal_type" NOT NULL,
	"route" "route" NOT NULL,
	"created_on" date NOT NULL,
	"closed_on" date,
	"state" "deal_outcome" NOT NULL,
	"stage" smallint NOT NULL,
	"outcome" "outcome" NOT NULL,
	"evidence" "grade",
	"disputed" boolean NOT NULL,
	"gray" "gray_code"[] DEFAULT '{}' NOT NULL,
	"confirmed" boolean NOT NULL,
	"confirmed_before_close" boolean NOT NULL,
	"status" "deal_status" NOT NULL,
	"proof" "proof_state" NOT NULL,
	"partners" jsonb NOT NULL,
	"partner_ids" text[] NOT NULL,
	"engaged_on" date[] NOT NULL,
	"counts_as" text NOT NULL,
	"cell" text NOT NULL,
	"cycle_days" integer,
	"policy_hash" char(64) NOT NULL,
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
	"sealed_in" text DEFAULT pg_current_xact_id()::text NOT NULL,
	"header" text NOT NULL,
	"deals" integer NOT NULL,
	"closed" integer NOT NULL,
	"prepared_by" text COLLATE "C",
	"prepared_by_name" text NOT NULL,
	"prepared_at" timestamp with time zone NOT NULL,
	"tally" text NOT NULL,
	"digest" char(64) NOT NULL,
	"log_head" text,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"owner_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_name_given" CHECK (length(trim("saved_views"."name")) > 0),
	CONSTRAINT "saved_views_address_short" CHECK (length("saved_views"."address") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "selling_play_clients" (
	"play_id" text COLLATE "C" NOT NULL,
	"place" smallint NOT NULL,
	"deal_id" text COLLATE "C",
	"account_id" text COLLATE "C",
	CONSTRAINT "selling_play_clients_play_id_place_pk" PRIMARY KEY("play_id","place"),
	CONSTRAINT "selling_play_clients_one" CHECK (num_nonnulls("selling_play_clients"."deal_id", "selling_play_clients"."account_id") = 1),
	CONSTRAINT "selling_play_clients_place" CHECK ("selling_play_clients"."place" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "selling_plays" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"buyer" text NOT NULL,
	"problem" text NOT NULL,
	"script" text NOT NULL,
	"outcome" text NOT NULL,
	"owner_id" text COLLATE "C" NOT NULL,
	"started_on" date NOT NULL,
	"started_by" text COLLATE "C" NOT NULL,
	"decision" "play_decision",
	"decided_on" date,
	"decided_by" text COLLATE "C",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "selling_plays_decided_whole" CHECK (num_nulls("selling_plays"."decision", "selling_plays"."decided_on", "selling_plays"."decided_by") in (0, 3)),
	CONSTRAINT "selling_plays_not_in_future" CHECK ("selling_plays"."started_on" <= (now() at time zone 'UTC')::date + 1)
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"company" text DEFAULT 'Your company' NOT NULL,
	"fiscal_first_month" integer DEFAULT 1 NOT NULL,
	"fiscal_named_by" text DEFAULT 'end' NOT NULL,
	"fiscal_ends_on" text DEFAULT 'month_end' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"time_zone_said_on" date,
	"reporting_currency" char(3) DEFAULT 'USD' NOT NULL,
	"registration_answer_days" smallint DEFAULT 5 NOT NULL,
	"registration_protection_days" smallint DEFAULT 90 NOT NULL,
	"gate_from" date,
	"public_address" text,
	"added_activities" text[] DEFAULT '{}' NOT NULL,
	"stage_probabilities" smallint[] DEFAULT '{0,10,20,40,60,80,90}' NOT NULL,
	"sign_on_groups_claim" text DEFAULT 'groups' NOT NULL,
	"sign_on_provisions" boolean DEFAULT false NOT NULL,
	"passwords_off_since" timestamp with time zone,
	"kept_whence_days" smallint DEFAULT 365 NOT NULL,
	"kept_session_days" smallint DEFAULT 90 NOT NULL,
	"kept_repeat_days" smallint DEFAULT 7 NOT NULL,
	"kept_notice_days" smallint DEFAULT 180 NOT NULL,
	"kept_delivery_days" smallint DEFAULT 30 NOT NULL,
	"kept_original_days" smallint DEFAULT 730 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "settings_groups_claim" CHECK (length(trim("settings"."sign_on_groups_claim")) > 0),
	CONSTRAINT "settings_single_row" CHECK ("settings"."id" = 1),
	CONSTRAINT "settings_month" CHECK ("settings"."fiscal_first_month" between 1 and 12),
	CONSTRAINT "settings_named_by" CHECK ("settings"."fiscal_named_by" in ('end', 'start')),
	CONSTRAINT "settings_ends_on" CHECK ("settings"."fiscal_ends_on" ~ '^(month_end|(nearest|last)_(monday|tuesday|wednesday|thursday|friday|saturday|sunday))$'),
	CONSTRAINT "settings_time_zone" CHECK ("settings"."time_zone" ~ '^[A-Za-z][A-Za-z0-9_+/-]*$'),
	CONSTRAINT "settings_registration_answer" CHECK ("settings"."registration_answer_days" between 1 and 90),
	CONSTRAINT "settings_registration_protection" CHECK ("settings"."registration_protection_days" between 1 and 730),
	CONSTRAINT "settings_stage_probabilities" CHECK (cardinality("settings"."stage_probabilities") = 7 and 0 <= all ("settings"."stage_probabilities") and 100 >= all ("settings"."stage_probabilities")),
	CONSTRAINT "settings_public_address" CHECK ("settings"."public_address" ~ '^https?://[^[:space:]/?#]+$'),
	CONSTRAINT "settings_kept" CHECK (least("settings"."kept_whence_days", "settings"."kept_repeat_days", "settings"."kept_notice_days", "settings"."kept_delivery_days", "settings"."kept_original_days") >= 1
        and "settings"."kept_session_days" >= 30
        and greatest("settings"."kept_whence_days", "settings"."kept_session_days", "settings"."kept_repeat_days", "settings"."kept_notice_days", "settings"."kept_delivery_days", "settings"."kept_original_days") <= 3650),
	CONSTRAINT "settings_currency" CHECK ("settings"."reporting_currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "lens_queue" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"deal_id" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lens_runs" (
	"lens" char(64) PRIMARY KEY NOT NULL,
	"cursor" text COLLATE "C",
	"judged" integer DEFAULT 0 NOT NULL,
	"total" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"kind" "tally_kind" NOT NULL,
	"month" date NOT NULL,
	"counts_as" text NOT NULL,
	"cell" text NOT NULL,
	"currency" char(3) NOT NULL,
	"deals" bigint NOT NULL,
	"amount" numeric NOT NULL,
	"squares" numeric NOT NULL,
	"at" integer[] DEFAULT '{}' NOT NULL,
	"at_deals" bigint[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "tallies_kind_month_counts_as_cell_currency_pk" PRIMARY KEY("kind","month","counts_as","cell","currency"),
	CONSTRAINT "tallies_distribution" CHECK (cardinality("tallies"."at") = cardinality("tallies"."at_deals"))
);
--> statement-breakpoint
CREATE TABLE "tally_changes" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"kind" "tally_kind" NOT NULL,
	"month" date NOT NULL,
	"counts_as" text NOT NULL,
	"cell" text NOT NULL,
	"currency" char(3) NOT NULL,
	"deals" bigint NOT NULL,
	"amount" numeric NOT NULL,
	"squares" numeric NOT NULL,
	"at" integer
);
--> statement-breakpoint
ALTER TABLE "account_domains" ADD CONSTRAINT "account_domains_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "partner_accounts" ADD CONSTRAINT "partner_accounts_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_accounts" ADD CONSTRAINT "partner_accounts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "partner_accounts" ADD CONSTRAINT "partner_accounts_said_by_users_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_erased_by_users_id_fk" FOREIGN KEY ("erased_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_held_by_users_id_fk" FOREIGN KEY ("held_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_lifted_by_users_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_tree" ADD CONSTRAINT "audit_tree_audit_id_audit_log_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit_log"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "witnessed_heads" ADD CONSTRAINT "witnessed_heads_size_audit_heads_size_fk" FOREIGN KEY ("size") REFERENCES "public"."audit_heads"("size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deals" ADD CONSTRAINT "deals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "deals" ADD CONSTRAINT "deals_no_partner_by_users_id_fk" FOREIGN KEY ("no_partner_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deals" ADD CONSTRAINT "deals_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_entries" ADD CONSTRAINT "stage_entries_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_entries" ADD CONSTRAINT "stage_entries_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_files" ADD CONSTRAINT "evidence_files_dropped_by_users_id_fk" FOREIGN KEY ("dropped_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_readings" ADD CONSTRAINT "model_readings_evidence_id_evidence_files_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "public"."evidence_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_proposals" ADD CONSTRAINT "evidence_proposals_evidence_id_evidence_files_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "public"."evidence_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_proposals" ADD CONSTRAINT "evidence_proposals_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_proposals" ADD CONSTRAINT "evidence_proposals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "evidence_proposals" ADD CONSTRAINT "evidence_proposals_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_proposals" ADD CONSTRAINT "evidence_proposals_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputies" ADD CONSTRAINT "deputies_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputies" ADD CONSTRAINT "deputies_exception_id_exceptions_id_fk" FOREIGN KEY ("exception_id") REFERENCES "public"."exceptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputies" ADD CONSTRAINT "deputies_named_by_users_id_fk" FOREIGN KEY ("named_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputies" ADD CONSTRAINT "deputies_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_notes" ADD CONSTRAINT "exception_notes_exception_id_exceptions_id_fk" FOREIGN KEY ("exception_id") REFERENCES "public"."exceptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_notes" ADD CONSTRAINT "exception_notes_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_notes" ADD CONSTRAINT "exception_notes_person_id_users_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_notes" ADD CONSTRAINT "exception_notes_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_votes" ADD CONSTRAINT "exception_votes_exception_id_exceptions_id_fk" FOREIGN KEY ("exception_id") REFERENCES "public"."exceptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_votes" ADD CONSTRAINT "exception_votes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exception_votes" ADD CONSTRAINT "exception_votes_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_raised_by_users_id_fk" FOREIGN KEY ("raised_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exceptions" ADD CONSTRAINT "exceptions_deferred_to_users_id_fk" FOREIGN KEY ("deferred_to") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_vouched_by_users_id_fk" FOREIGN KEY ("vouched_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_next_step_done_by_users_id_fk" FOREIGN KEY ("next_step_done_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_decisions" ADD CONSTRAINT "registration_decisions_registration_id_registrations_id_fk" FOREIGN KEY ("registration_id") REFERENCES "public"."registrations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registration_decisions" ADD CONSTRAINT "registration_decisions_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_confirmed_by_users_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_refused_by_users_id_fk" FOREIGN KEY ("refused_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_rows" ADD CONSTRAINT "role_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rulings" ADD CONSTRAINT "rulings_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rulings" ADD CONSTRAINT "rulings_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_nones" ADD CONSTRAINT "cost_nones_said_by_users_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_shares" ADD CONSTRAINT "cost_shares_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cost_shares" ADD CONSTRAINT "cost_shares_of_cost" FOREIGN KEY ("quarter","side","category","currency") REFERENCES "public"."costs"("quarter","side","category","currency") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "costs" ADD CONSTRAINT "costs_entered_by_users_id_fk" FOREIGN KEY ("entered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "costs" ADD CONSTRAINT "costs_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rates" ADD CONSTRAINT "rates_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_cursors" ADD CONSTRAINT "connection_cursors_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_hints" ADD CONSTRAINT "connection_hints_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_messages" ADD CONSTRAINT "connection_messages_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_runs" ADD CONSTRAINT "connection_runs_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_records" ADD CONSTRAINT "source_records_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connection_messages_order" ON "connection_messages" USING btree ("connection_id","seq");--> statement-breakpoint
CREATE INDEX "connection_runs_latest" ON "connection_runs" USING btree ("connection_id","started_at");--> statement-breakpoint
CREATE INDEX "source_records_refused" ON "source_records" USING btree ("connection_id","seen_at") WHERE "source_records"."refused" is not null;--> statement-breakpoint
CREATE INDEX "source_records_differ" ON "source_records" USING btree ("connection_id","seen_at") WHERE "source_records"."differs" is not null;--> statement-breakpoint
CREATE INDEX "source_records_deal" ON "source_records" USING btree ("deal_id") WHERE "source_records"."kind" = 'roles';--> statement-breakpoint
CREATE INDEX "source_records_differ_deal" ON "source_records" USING btree ("deal_id") WHERE "source_records"."differs" is not null;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mappings" ADD CONSTRAINT "mappings_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_delegations" ADD CONSTRAINT "inbox_delegations_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_delegations" ADD CONSTRAINT "inbox_delegations_to_id_users_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_delegations" ADD CONSTRAINT "inbox_delegations_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_snoozes" ADD CONSTRAINT "inbox_snoozes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_week_counts" ADD CONSTRAINT "inbox_week_counts_week_inbox_weeks_week_fk" FOREIGN KEY ("week") REFERENCES "public"."inbox_weeks"("week") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbox_week_counts" ADD CONSTRAINT "inbox_week_counts_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "introductions" ADD CONSTRAINT "introductions_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "introductions" ADD CONSTRAINT "introductions_answered_by_users_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "introductions" ADD CONSTRAINT "introductions_looped_back_by_users_id_fk" FOREIGN KEY ("looped_back_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_steps" ADD CONSTRAINT "joint_steps_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_steps" ADD CONSTRAINT "joint_steps_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_steps" ADD CONSTRAINT "joint_steps_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_steps" ADD CONSTRAINT "joint_steps_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_steps" ADD CONSTRAINT "joint_steps_done_by_users_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "selling_play_clients" ADD CONSTRAINT "selling_play_clients_play_id_selling_plays_id_fk" FOREIGN KEY ("play_id") REFERENCES "public"."selling_plays"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "selling_play_clients" ADD CONSTRAINT "selling_play_clients_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "selling_play_clients" ADD CONSTRAINT "selling_play_clients_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "deal_changes" ADD CONSTRAINT "deal_changes_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "selling_plays" ADD CONSTRAINT "selling_plays_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "selling_plays" ADD CONSTRAINT "selling_plays_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "selling_plays" ADD CONSTRAINT "selling_plays_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "selling_plays" ADD CONSTRAINT "selling_plays_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "joint_steps" ADD CONSTRAINT "joint_steps_play_id_selling_plays_id_fk" FOREIGN KEY ("play_id") REFERENCES "public"."selling_plays"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deal_changes_deal" ON "deal_changes" USING btree ("deal_id","at");--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_to_id_users_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_by_id_users_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lens_deals" ADD CONSTRAINT "lens_deals_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packed_facts" ADD CONSTRAINT "packed_facts_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_outcomes" ADD CONSTRAINT "partner_outcomes_deal_id_judged_deals_deal_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."judged_deals"("deal_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_outcomes" ADD CONSTRAINT "partner_outcomes_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_statements" ADD CONSTRAINT "partner_statements_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_statements" ADD CONSTRAINT "partner_statements_shared_by_users_id_fk" FOREIGN KEY ("shared_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_word_facts" ADD CONSTRAINT "partner_word_facts_word_id_partner_words_id_fk" FOREIGN KEY ("word_id") REFERENCES "public"."partner_words"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_word_facts" ADD CONSTRAINT "partner_word_facts_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_words" ADD CONSTRAINT "partner_words_statement_id_partner_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."partner_statements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_words" ADD CONSTRAINT "partner_words_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_statement_id_partner_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."partner_statements"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_contacts" ADD CONSTRAINT "partner_contacts_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_parents" ADD CONSTRAINT "partner_parents_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_programs" ADD CONSTRAINT "partner_programs_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_programs" ADD CONSTRAINT "partner_programs_granted_by_users_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_parent_id_partners_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_merged_into_partners_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backtests" ADD CONSTRAINT "backtests_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backtests" ADD CONSTRAINT "backtests_ran_by_users_id_fk" FOREIGN KEY ("ran_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judging_moves" ADD CONSTRAINT "judging_moves_policy_id_judging_runs_policy_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."judging_runs"("policy_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judging_moves" ADD CONSTRAINT "judging_moves_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "judging_runs" ADD CONSTRAINT "judging_runs_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learnings" ADD CONSTRAINT "learnings_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_amends_policies_id_fk" FOREIGN KEY ("amends") REFERENCES "public"."policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_drafted_by_users_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_withdrawn_by_users_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_declines" ADD CONSTRAINT "policy_declines_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_declines" ADD CONSTRAINT "policy_declines_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_months" ADD CONSTRAINT "locked_months_locked_by_users_id_fk" FOREIGN KEY ("locked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciled_deals" ADD CONSTRAINT "reconciled_deals_deal_id_deals_id_fk" FOREIGN KEY ("deal_id") REFERENCES "public"."deals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciled_deals" ADD CONSTRAINT "reconciled_deals_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "freeze_preparations" ADD CONSTRAINT "freeze_preparations_prepared_by_users_id_fk" FOREIGN KEY ("prepared_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_samples" ADD CONSTRAINT "audit_samples_quarter_sealed_quarters_quarter_fk" FOREIGN KEY ("quarter") REFERENCES "public"."sealed_quarters"("quarter") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_samples" ADD CONSTRAINT "audit_samples_drawn_by_users_id_fk" FOREIGN KEY ("drawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_samples" ADD CONSTRAINT "audit_samples_signed_off_by_users_id_fk" FOREIGN KEY ("signed_off_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sampled_deals" ADD CONSTRAINT "sampled_deals_sample_id_audit_samples_id_fk" FOREIGN KEY ("sample_id") REFERENCES "public"."audit_samples"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sampled_deals" ADD CONSTRAINT "sampled_deals_ticked_by_users_id_fk" FOREIGN KEY ("ticked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restatements" ADD CONSTRAINT "restatements_quarter_sealed_quarters_quarter_fk" FOREIGN KEY ("quarter") REFERENCES "public"."sealed_quarters"("quarter") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restatements" ADD CONSTRAINT "restatements_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restatements" ADD CONSTRAINT "restatements_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restatements" ADD CONSTRAINT "restatements_declined_by_users_id_fk" FOREIGN KEY ("declined_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_facilitator_id_users_id_fk" FOREIGN KEY ("facilitator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_ask_by_users_id_fk" FOREIGN KEY ("ask_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compensation_payments" ADD CONSTRAINT "compensation_payments_plan_id_compensation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."compensation_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compensation_payments" ADD CONSTRAINT "compensation_payments_paid_by_users_id_fk" FOREIGN KEY ("paid_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compensation_plans" ADD CONSTRAINT "compensation_plans_drafted_by_users_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compensation_plans" ADD CONSTRAINT "compensation_plans_withdrawn_by_users_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compensation_signatures" ADD CONSTRAINT "compensation_signatures_plan_id_compensation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."compensation_plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compensation_signatures" ADD CONSTRAINT "compensation_signatures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forecast_signatures" ADD CONSTRAINT "forecast_signatures_week_forecast_snapshots_week_fk" FOREIGN KEY ("week") REFERENCES "public"."forecast_snapshots"("week") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forecast_signatures" ADD CONSTRAINT "forecast_signatures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_deals" ADD CONSTRAINT "sealed_deals_quarter_sealed_quarters_quarter_fk" FOREIGN KEY ("quarter") REFERENCES "public"."sealed_quarters"("quarter") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_quarters" ADD CONSTRAINT "sealed_quarters_sealed_by_users_id_fk" FOREIGN KEY ("sealed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_quarters" ADD CONSTRAINT "sealed_quarters_prepared_by_users_id_fk" FOREIGN KEY ("prepared_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_domains_account" ON "account_domains" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "accounts_name" ON "accounts" USING btree (lower("name"),"id");--> statement-breakpoint
CREATE INDEX "partner_accounts_account" ON "partner_accounts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "audit_personal_about" ON "audit_personal" USING btree ("about");--> statement-breakpoint
CREATE INDEX "audit_personal_whence" ON "audit_personal" USING btree ("at") WHERE "audit_personal"."field" in ('browser', 'origin');--> statement-breakpoint
CREATE INDEX "erasures_by" ON "erasures" USING btree ("erased_by");--> statement-breakpoint
CREATE INDEX "holds_by" ON "holds" USING btree ("held_by");--> statement-breakpoint
CREATE INDEX "holds_lifted_by" ON "holds" USING btree ("lifted_by");--> statement-breakpoint
CREATE UNIQUE INDEX "holds_one_open" ON "holds" USING btree ("kind","person_id") WHERE "holds"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "audit_log_deal" ON "audit_log" USING btree ("deal_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("actor","id");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "audit_log_request" ON "audit_log" USING btree ("request","id");--> statement-breakpoint
CREATE INDEX "corrections_deal" ON "corrections" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "deals_account" ON "deals" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "deals_closed_on" ON "deals" USING btree ("closed_on");--> statement-breakpoint
CREATE INDEX "deals_created_on" ON "deals" USING btree ("created_on");--> statement-breakpoint
CREATE INDEX "evidence_files_by" ON "evidence_files" USING btree ("dropped_by");--> statement-breakpoint
CREATE INDEX "model_readings_due" ON "model_readings" USING btree ("due_at") WHERE "model_readings"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "evidence_proposals_file" ON "evidence_proposals" USING btree ("evidence_id","position");--> statement-breakpoint
CREATE INDEX "evidence_proposals_waiting" ON "evidence_proposals" USING btree ("deal_id") WHERE "evidence_proposals"."decision" is null;--> statement-breakpoint
CREATE INDEX "evidence_proposals_by" ON "evidence_proposals" USING btree ("decided_by");--> statement-breakpoint
CREATE UNIQUE INDEX "deputies_one_a_side" ON "deputies" USING btree ("side") WHERE "deputies"."exception_id" is null and "deputies"."ended_on" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "deputies_one_a_case" ON "deputies" USING btree ("exception_id","side") WHERE "deputies"."ended_on" is null;--> statement-breakpoint
CREATE INDEX "deputies_of_person" ON "deputies" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "exception_notes_assigned" ON "exception_notes" USING btree ("person_id") WHERE "exception_notes"."kind" = 'owner';--> statement-breakpoint
CREATE INDEX "exceptions_deferred" ON "exceptions" USING btree ("deferred_to","deferred_until") WHERE "exceptions"."settled_at" is null and "exceptions"."deferred_to" is not null;--> statement-breakpoint
CREATE INDEX "exception_notes_of" ON "exception_notes" USING btree ("exception_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "exception_votes_one_a_person" ON "exception_votes" USING btree ("exception_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exceptions_found_once" ON "exceptions" USING btree ("deal_id","kind") WHERE "exceptions"."origin" = 'found' and "exceptions"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "exceptions_by_quarter" ON "exceptions" USING btree ("quarter","settled_at","settlement","deferred_to","deal_id","currency","amount");--> statement-breakpoint
CREATE INDEX "exceptions_log" ON "exceptions" USING btree ("quarter",("settled_at" is null) desc,("deferred_to" is null) desc,"amount" desc,"id");--> statement-breakpoint
CREATE INDEX "exceptions_meeting" ON "exceptions" USING btree ("quarter","kind","amount" desc,"id");--> statement-breakpoint
CREATE INDEX "exceptions_decided" ON "exceptions" USING btree ("kind","settlement","quarter") WHERE "exceptions"."settlement" in ('rule_upheld', 'ruling', 'learning');--> statement-breakpoint
CREATE INDEX "exceptions_waiting" ON "exceptions" USING btree ("quarter","opened_on") WHERE "exceptions"."settled_at" is null and "exceptions"."deferred_to" is null;--> statement-breakpoint
CREATE INDEX "exceptions_deal" ON "exceptions" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "activities_deal" ON "activities" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "activities_partner" ON "activities" USING btree ("partner_id","occurred_on");--> statement-breakpoint
CREATE INDEX "activities_step_open" ON "activities" USING btree ("owner_id","next_step_due_on") WHERE "activities"."next_step" is not null and "activities"."next_step_done_on" is null;--> statement-breakpoint
CREATE INDEX "activities_proof_link" ON "activities" USING hash ("proof");--> statement-breakpoint
CREATE INDEX "registration_decisions_of" ON "registration_decisions" USING btree ("registration_id");--> statement-breakpoint
CREATE INDEX "registrations_deal" ON "registrations" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "registrations_account" ON "registrations" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "registrations_domain_given" ON "registrations" USING btree ("domain") WHERE "registrations"."domain" is not null;--> statement-breakpoint
CREATE INDEX "registrations_queue" ON "registrations" USING btree ("status","submitted_on","id");--> statement-breakpoint
CREATE INDEX "registrations_partner" ON "registrations" USING btree ("partner_id");--> statement-breakpoint
CREATE INDEX "role_rows_partner" ON "role_rows" USING btree ("partner_id");--> statement-breakpoint
CREATE INDEX "rulings_deal" ON "rulings" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "inbox_delegations_to" ON "inbox_delegations" USING btree ("to_id","kind");--> statement-breakpoint
CREATE INDEX "joint_steps_deal" ON "joint_steps" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "joint_steps_open" ON "joint_steps" USING btree ("owner_id","due_on") WHERE "joint_steps"."done_on" is null;--> statement-breakpoint
CREATE INDEX "selling_play_clients_deal" ON "selling_play_clients" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "selling_play_clients_account" ON "selling_play_clients" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "selling_plays_of" ON "selling_plays" USING btree ("partner_id","started_on");--> statement-breakpoint
CREATE UNIQUE INDEX "selling_plays_one_runs" ON "selling_plays" USING btree ("partner_id") WHERE "selling_plays"."decision" is null;--> statement-breakpoint
CREATE INDEX "joint_steps_play" ON "joint_steps" USING btree ("play_id") WHERE "joint_steps"."play_id" is not null;--> statement-breakpoint
CREATE INDEX "notes_by" ON "notes" USING btree ("recorded_by");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_channels_one_a_team" ON "chat_channels" USING btree (coalesce("team", ''));--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("due_at") WHERE "webhook_deliveries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_of" ON "webhook_deliveries" USING btree ("endpoint_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_latest" ON "webhook_deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("due_at") WHERE "notices"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "notices_of" ON "notices" USING btree ("to_id","created_at");--> statement-breakpoint
CREATE INDEX "notices_latest" ON "notices" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "notices_of_request" ON "notices" USING btree ("request");--> statement-breakpoint
CREATE INDEX "judged_deals_created" ON "judged_deals" USING btree ("created_on","deal_id","closed_on");--> statement-breakpoint
CREATE INDEX "judged_deals_closed" ON "judged_deals" USING btree ("closed_on","deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_amount" ON "judged_deals" USING btree ("amount","deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_account" ON "judged_deals" USING btree (lower("account"),"deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_owner" ON "judged_deals" USING btree (lower("owner"),"deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_owned" ON "judged_deals" USING btree ("owner","created_on","deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_owned_open" ON "judged_deals" USING btree ("owner","created_on","deal_id") WHERE "judged_deals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "judged_deals_partnered_open" ON "judged_deals" USING btree ("created_on","deal_id") WHERE "judged_deals"."state" = 'open' and "judged_deals"."partner_ids" <> '{}';--> statement-breakpoint
CREATE INDEX "judged_deals_state" ON "judged_deals" USING btree ("state","created_on","deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_stage" ON "judged_deals" USING btree ("stage","deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_outcome" ON "judged_deals" USING btree ("outcome","deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_evidence" ON "judged_deals" USING btree ("evidence","deal_id") WHERE "judged_deals"."evidence" is not null;--> statement-breakpoint
CREATE INDEX "judged_deals_counted_closed" ON "judged_deals" USING btree ("closed_on","counts_as","amount");--> statement-breakpoint
CREATE INDEX "judged_deals_counted_size" ON "judged_deals" USING btree ("counts_as","amount","closed_on");--> statement-breakpoint
CREATE INDEX "judged_deals_partners" ON "judged_deals" USING gin ("partner_ids");--> statement-breakpoint
CREATE INDEX "judged_deals_undecided" ON "judged_deals" USING btree ("created_on","deal_id") WHERE "judged_deals"."status" in ('to_decide', 'waits_for_ae');--> statement-breakpoint
CREATE INDEX "judged_deals_status" ON "judged_deals" USING btree ("status","deal_id");--> statement-breakpoint
CREATE INDEX "judged_deals_closing" ON "judged_deals" USING btree ("created_on","deal_id") WHERE "judged_deals"."closes_soon";--> statement-breakpoint
CREATE INDEX "judged_deals_closing_status" ON "judged_deals" USING btree ("status","deal_id") WHERE "judged_deals"."closes_soon";--> statement-breakpoint
CREATE INDEX "judged_deals_expected" ON "judged_deals" USING btree ("expected_on","deal_id") WHERE "judged_deals"."expected_on" is not null and "judged_deals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "judged_deals_disputed" ON "judged_deals" USING btree ("created_on","deal_id") WHERE "judged_deals"."disputed";--> statement-breakpoint
CREATE INDEX "judged_deals_stale" ON "judged_deals" USING btree ("stale_on") WHERE "judged_deals"."stale_on" is not null;--> statement-breakpoint
CREATE INDEX "judged_deals_reconciling" ON "judged_deals" USING btree ("decided","ended_on","deal_id","ended_as","found") WHERE "judged_deals"."decided" is not null;--> statement-breakpoint
CREATE INDEX "judged_deals_cohort" ON "judged_deals" USING btree ("cohort","cohort_on","cycle_days","deal_id") WHERE "judged_deals"."cohort" is not null;--> statement-breakpoint
CREATE INDEX "lens_deals_created" ON "lens_deals" USING btree ("created_on");--> statement-breakpoint
CREATE INDEX "lens_deals_closed" ON "lens_deals" USING btree ("closed_on");--> statement-breakpoint
CREATE INDEX "lens_deals_stale" ON "lens_deals" USING btree ("stale_on") WHERE "lens_deals"."stale_on" is not null;--> statement-breakpoint
CREATE INDEX "lens_deals_cohort" ON "lens_deals" USING btree ("cohort","closed_on") WHERE "lens_deals"."cohort" is not null;--> statement-breakpoint
CREATE INDEX "partner_outcomes_newest" ON "partner_outcomes" USING btree ("partner_id","created_on","deal_id");--> statement-breakpoint
CREATE INDEX "partner_outcomes_disputed" ON "partner_outcomes" USING btree ("partner_id","deal_id") WHERE "partner_outcomes"."disputed" is not null;--> statement-breakpoint
CREATE INDEX "partner_outcomes_open" ON "partner_outcomes" USING btree ("partner_id","created_on","deal_id") WHERE "partner_outcomes"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "partner_contacts_email_once" ON "partner_contacts" USING btree ("partner_id",lower("email"));--> statement-breakpoint
CREATE INDEX "partner_contacts_partner" ON "partner_contacts" USING btree ("partner_id");--> statement-breakpoint
CREATE INDEX "partner_statements_of" ON "partner_statements" USING btree ("partner_id","shared_at");--> statement-breakpoint
CREATE INDEX "partner_word_facts_deal" ON "partner_word_facts" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "partner_words_deal" ON "partner_words" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "partners_name" ON "partners" USING btree (lower("name"),"id");--> statement-breakpoint
CREATE INDEX "partners_owner" ON "partners" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "partners_merged" ON "partners" USING btree ("merged_into") WHERE "partners"."merged_into" is not null;--> statement-breakpoint
CREATE INDEX "api_keys_of" ON "api_keys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "password_links_of_user" ON "password_links" USING btree ("user_id","issued_at");--> statement-breakpoint
CREATE UNIQUE INDEX "password_links_one_open" ON "password_links" USING btree ("user_id") WHERE "password_links"."used_at" is null and "password_links"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "challenges_of_user" ON "challenges" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "identities_of_user" ON "identities" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "passkeys_of_user" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_of_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_of_browser" ON "sessions" USING btree ("browser_id","user_id");--> statement-breakpoint
CREATE INDEX "backtests_policy" ON "backtests" USING btree ("policy_id");--> statement-breakpoint
CREATE INDEX "judging_moves_deal" ON "judging_moves" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "reconciled_deals_by" ON "reconciled_deals" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "audit_samples_quarter" ON "audit_samples" USING btree ("quarter","drawn_at");--> statement-breakpoint
CREATE UNIQUE INDEX "restatements_one_waits" ON "restatements" USING btree ("quarter","deal_id") WHERE "restatements"."accepted_at" is null and "restatements"."declined_on" is null;--> statement-breakpoint
CREATE INDEX "restatements_deal" ON "restatements" USING btree ("deal_id","accepted_at");--> statement-breakpoint
CREATE INDEX "restatements_journal" ON "restatements" USING btree ("journal");--> statement-breakpoint
CREATE UNIQUE INDEX "targets_one" ON "targets" USING btree ("quarter","line",coalesce("owner_id", ''));--> statement-breakpoint
CREATE INDEX "sealed_deals_deal" ON "sealed_deals" USING btree ("deal_id");--> statement-breakpoint
CREATE INDEX "sealed_deals_created" ON "sealed_deals" USING btree ("quarter","created_on","deal_id");--> statement-breakpoint
CREATE INDEX "sealed_deals_closed" ON "sealed_deals" USING btree ("quarter","closed_on","deal_id");--> statement-breakpoint
CREATE INDEX "sealed_deals_counted" ON "sealed_deals" USING btree ("quarter","counts_as","amount");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name_once" ON "saved_views" USING btree ("owner_id",lower("name"));--> statement-breakpoint
CREATE INDEX "saved_views_shared" ON "saved_views" USING btree ("shared") WHERE "saved_views"."shared";--> statement-breakpoint
CREATE INDEX "tally_changes_kind" ON "tally_changes" USING btree ("kind","month");