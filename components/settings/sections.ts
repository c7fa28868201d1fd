/** The parts of the settings, each with an address of its own. */
export const SECTIONS = [
  { href: "/settings/people", label: "People", lead: "Who signs in, and as what" },
  {
    href: "/settings/single-sign-on",
    label: "Single sign-on",
    lead: "How people come by your company’s sign-in",
  },
  { href: "/settings/partners", label: "Partners", lead: "Which programs they are in, and since when" },
  { href: "/settings/company", label: "Company", lead: "Name, fiscal year, currency" },
  { href: "/settings/stages", label: "Stages", lead: "Which of ours each stage of the CRM is" },
  { href: "/settings/activities", label: "Activities", lead: "What partners do that is worth logging" },
  { href: "/settings/finance", label: "Costs & rates", lead: "What the programme costs, quarter by quarter" },
  { href: "/settings/numbers", label: "Numbers", lead: "What every number is, and who answers for it" },
  { href: "/settings/compensation", label: "Compensation", lead: "What sourced and influenced credit pays" },
  { href: "/settings/notices", label: "Notices", lead: "Who is told what, and what did not arrive" },
  { href: "/settings/api", label: "API", lead: "Which programs come in, as whose hand, and for what" },
  {
    href: "/settings/connections",
    label: "Connections",
    lead: "Which systems are read, and whether they are witnesses",
  },
  { href: "/settings/jobs", label: "Jobs", lead: "What the house does by itself, and what failed" },
  { href: "/settings/audit", label: "Audit log", lead: "Who wrote what, and what stood before" },
  {
    href: "/settings/account",
    label: "Your account",
    lead: "Your password, what you are told, and where you are signed in",
  },
] as const;
