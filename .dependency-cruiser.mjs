/** Which room may import which: the table of architecture.md, for runtime and type imports alike. */
import { seeEveryImport } from "./scripts/see-imports.mjs";

seeEveryImport();

/** Tests, and the generators and scenes that only they use. */
const TEST = "[.](test|arbitrary|fixture)[.]tsx?$";
const VALUES = "^lib/(calendar|company-day|money|errors|currencies)([.]|/)";
const ATTRIBUTION = "^lib/attribution/";
const METRICS = "^lib/metrics/";
/** Words and formats: what every page, memo, pack and command line writes in one way. */
const TEXT = "^lib/text/";
/** The eight kinds of rows that files and CRMs are read into. */
const INTERCHANGE = "^lib/interchange/";
/** Who may do what, as data: the part of auth that a page knows, too. */
const PERMISSIONS = "^lib/auth/(permissions|roles|key-scopes)[.]";
/** Who asks, as plain data. */
const ACTOR = "^lib/auth/actor[.]";
/** Who may do what to what: the door and the pages ask the same. Files of their own, since a query never runs a verb. */
const GUARDS = "^lib/commands/.*guards?[.]";
/** What mails, invitations, transcripts and notes say that partners did. */
const READING = "^lib/reading/";
/** What reads their formats; nothing else of outside reaches the room. */
const READERS = "^node_modules/(postal-mime|ical[.]js|chrono-node)/";
const PURE = [TEXT, VALUES, ATTRIBUTION, METRICS, INTERCHANGE, READING];
const AUTH = "^lib/auth/";
const CONNECTORS = "^lib/connectors/";
const CLIENT = "^lib/api/(client|problem-of|pack-event)[.]";
const UI = "^components/ui/";
const SHARED = "^components/shared/";
/** Holds the dialogs that open from every page, so it alone of the shell knows features. */
const SHELL_DIALOGS = "^components/shell/dialogs[.]";
/** The import page reads files where they are, with the command line's own reader (imports.md). */
const READING_CSV =
  "^lib/connectors/csv/(batches|find-formats|known-files|no-row|reader|splitter|suggest)[.]";
/** The built-in server and migrations: for the start and end of a command, never for a route or a verb. */
const SERVER = "^db/(server/|test-)";
const DEMO = "^db/demo/";
const DB = "^db/(?!demo/|server/|test-)";
const JUDGING = "^lib/judging/";
const SEALING = "^lib/sealing/";
const RECONCILING = "^lib/reconciling/";
const AUDIT = "^lib/audit/";
/** What only writes need: a query has no business with it. */
const WRITING = "^(db/connection/transaction|lib/judging/(judge|judge-all|judge-policy|batches))[.]";
const OURS = "^(app|bench|components|db|e2e|lib|scripts)/";
const ROOTS_OF_NEXT =
  "^app/.*(page|layout|template|loading|error|not-found|default|route|robots|manifest|icon)[.]tsx?$";

/**
 * A room may import itself and what the table names; its tests may also set their scene with a real
 * database and the verbs, where the table already lets the room near either.
 */
function room(name, path, mayImport, testsMayImport = [], itself = path) {
  const rule = (suffix, from, extra) => ({
    name: `${name}${suffix}`,
    severity: "error",
    from,
    to: { path: OURS, pathNot: [itself, ...mayImport, ...extra] },
  });
  return [
    rule("-imports", { path, pathNot: TEST }, []),
    rule("-tests-import", { path: `${path}.*${TEST}` }, testsMayImport),
  ];
}

/** A pure room imports no package, those named aside, and nothing of Node's: nothing can smuggle in a clock. */
function pureRoom(name, path, mayImport, packages = []) {
  return [
    ...room(name, path, mayImport),
    {
      name: `${name}-is-pure`,
      comment: "No db, no next, no react, no process, no clock, no randomness.",
      severity: "error",
      from: { path, pathNot: TEST },
      to: { pathNot: [OURS, ...packages] },
    },
  ];
}

/** Each feature is a folder of its own and imports no other; what two need lies in shared/. */
function features() {
  const floor = [UI, SHARED, CLIENT, PERMISSIONS, READING_CSV, ...PURE];
  return room("feature", "^components/(?!(?:ui|shared|shell)/)([^/]+)", floor, [], "^components/$1/");
}

const scene = ["^db/", "^lib/(commands|judging|sealing|reconciling|audit)/"];

export default {
  forbidden: [
    ...pureRoom("text", TEXT, []),
    ...pureRoom("values", VALUES, [TEXT, ATTRIBUTION]),
    ...pureRoom("attribution", ATTRIBUTION, [TEXT, VALUES]),
    ...pureRoom("metrics", METRICS, [TEXT, VALUES, ATTRIBUTION]),
    ...pureRoom("interchange", INTERCHANGE, [TEXT, VALUES, ATTRIBUTION]),
    ...pureRoom("reading", READING, [TEXT, VALUES, ATTRIBUTION], [READERS]),
    ...pureRoom("permissions", PERMISSIONS, []),
    ...pureRoom("guards", GUARDS, [
      PERMISSIONS,
      ACTOR,
      "^lib/interchange/kinds[.]",
      TEXT,
      VALUES,
      ATTRIBUTION,
    ]),
    ...room("connectors", CONNECTORS, PURE),
    ...room("exports", "^lib/exports/", PURE),
    ...room("auth", AUTH, [DB, ...PURE], scene),
    ...room("judging", JUDGING, [DB, AUTH, ...PURE], scene),
    ...room("sealing", SEALING, [DB, JUDGING, ...PURE], scene),
    ...room("reconciling", RECONCILING, [DB, JUDGING, AUTH, ...PURE], scene),
    ...room("audit", AUDIT, [DB, AUTH, ...PURE], scene),
    ...room(
      "commands",
      "^lib/commands/",
      [DB, JUDGING, SEALING, RECONCILING, AUDIT, AUTH, ...PURE],
      ["^db/"],
    ),
    // The sign-in page shows the demo's people with their passwords; of the story itself queries know nothing.
    ...room(
      "queries",
      "^lib/queries/",
      [DB, JUDGING, SEALING, RECONCILING, AUDIT, "^db/demo/people[.]", AUTH, GUARDS, ...PURE],
      scene,
    ),
    // The story is told by a job once an admin asks for it on the page; it knows jobs of judging, never this one.
    ...room(
      "jobs",
      "^lib/jobs/",
      [
        "^lib/(commands|queries|judging|audit)/",
        "^db/demo/tell[.]",
        ACTOR,
        PERMISSIONS,
        "^lib/auth/sealed-secrets[.]",
        DB,
        CONNECTORS,
        ...PURE,
      ],
      [...scene, AUTH],
    ),
    ...room("api", "^lib/api/", ["^lib/(commands|queries|jobs|connectors|exports)/", AUTH, ...PURE], scene),
    // ui/ knows values, words and what went wrong, nothing of the domain; shared/ is the domain's floor under the features.
    ...room("ui", UI, ["^lib/api/problem-of[.]", TEXT, VALUES]),
    ...room("shared", SHARED, [UI, CLIENT, PERMISSIONS, ...PURE]),
    ...room("shell", "^components/shell/(?!dialogs[.])", [
      SHELL_DIALOGS,
      UI,
      SHARED,
      CLIENT,
      PERMISSIONS,
      ...PURE,
    ]),
    ...room("shell-dialogs", SHELL_DIALOGS, ["^components/(?!shell/)"]),
    ...features(),
    ...room("app", "^app/", ["^components/", "^lib/(api|queries)/", AUTH, ...PURE], scene),
    ...room("db", DB, [AUTH, ...PURE], scene),
    ...room(
      "server",
      SERVER,
      ["^lib/auth/(secret|sealed-secrets|signing-keys)[.]", "^db/queues[.]", "^db/views/"],
      ["^db/connection/"],
    ),
    ...room(
      "demo",
      DEMO,
      ["^lib/(commands|jobs|judging)/", DB, AUTH, CONNECTORS, ...PURE],
      [SERVER, "^lib/(queries|judging|sealing)/"],
    ),
    ...room(
      "scripts",
      "^scripts/",
      ["^lib/(commands|queries|jobs|judging|sealing|audit|exports)/", "^db/", AUTH, CONNECTORS, ...PURE],
      // What commands say is held against what the API says.
      ["^lib/api/server[.]"],
    ),
    {
      name: "verifier-shares-nothing",
      comment: "Whoever checks the app takes no line of it; only the driver, to read a database.",
      severity: "error",
      from: { path: "^scripts/verifier/" },
      to: {
        pathNot: ["^scripts/verifier/", "^node:", "(^|/)node_modules/postgres/"],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "queries-only-read",
      severity: "error",
      from: { path: "^lib/queries/", pathNot: TEST },
      to: { path: WRITING },
    },
    {
      name: "no-room-without-a-row",
      comment: "A new room needs its row here, else nothing would hold it.",
      severity: "error",
      from: {
        path: "^lib/",
        pathNot: [
          ...PURE,
          "^lib/(connectors|exports|auth|judging|sealing|reconciling|audit|commands|queries|jobs|api)/",
        ],
      },
      to: {},
    },
    {
      name: "tests-and-tools-are-imported-by-nothing",
      severity: "error",
      from: { pathNot: ["^(e2e|bench|fixtures)/", TEST] },
      to: { path: ["^(e2e|bench|fixtures)/", TEST] },
    },
    {
      name: "no-circle",
      comment: "Two files that need each other are one file, or hide a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphan",
      comment: "A file that nothing reaches and that reaches nothing.",
      severity: "error",
      from: { orphan: true, pathNot: [TEST, ROOTS_OF_NEXT, "^(e2e|bench|scripts)/", "[.]d[.]ts$"] },
      to: {},
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-development-package",
      comment: "What the product runs must be a dependency, not a devDependency.",
      severity: "error",
      from: {
        path: "^(app|components|lib|db|scripts)/",
        pathNot: [TEST, "^db/test-", "^scripts/see-imports"],
      },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "[.]css$" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
