// Over 300 lines: the words of 22 activities, to be read as one table.
import type { MenuEntry } from "@/lib/attribution/menu";
import { ELSEWHERE } from "./other-languages";

/**
 * The words that tell of an activity. In them a partner is `{P}`, a customer `{C}`, one's own people `{U}`; a blank
 * is any run of white space.
 */
interface ActWords {
  /** What is said to have been done, in the past: it tells the act by itself. */
  done: readonly string[];
  /** What it is called: with a word of doing it, or as what was met for. */
  called: readonly string[];
  /** It goes from the partner to us or the customer: whoever else did it, the partner did not. */
  directed?: boolean;
}

const EXECUTIVE =
  "(?:C[A-Z]{1,3}O|chief \\w+(?: \\w+)? officer|chief|VP|SVP|EVP|vice[- ]president|president|director|head|board|owner|founder|partner|chair(?:man|woman)?|sponsor|executives?|exec|leadership|decision[- ]makers?|budget holder|management|managing director|\\w+ (?:lead|director|manager|buyer))";

/** What companies' activities are told with. A company's own type is told by its label. */
export const ACT_WORDS: Readonly<Record<string, ActWords>> = {
  joint_discovery: {
    done: [
      "(?:mapped|dug into|explored|uncovered|gathered|worked through|captured|walked through|went through|collected|unpacked|listened to|understood|got a clear picture of) (?:\\w+ ){0,4}(?:needs|requirements|pain points?|pains|pain|challenges|current (?:process|state|planning)|as[- ]is|problems)",
      "met (?:\\w+ |{P} |{C} |{U} ){0,6}(?:together |jointly )?to (?:understand|learn about|find out|explore|hear about)",
      "discovered together",
    ],
    called: [
      "(?:joint |shared |first |initial |deep[- ]dive |follow[- ]up )?discovery(?: call| session| meeting| workshop| round| visit| day| conversation)?",
      "(?:needs|requirements)[- ](?:assessment|analysis|workshop|gathering|session|call|interview)s?",
      "(?:qualification|fact[- ]finding|scoping interview|exploratory|exploration) (?:call|session|meeting|visit|talk)",
    ],
  },
  joint_pitch: {
    done: [
      "(?:co-?)?pitched",
      "(?:co-?)?presented (?:\\w+ ){0,3}(?:one|our|the|a) (?:\\w+ ){0,2}(?:story|offer|proposal|solution|case for|deck|offering)",
      "(?:co-?)?presented (?:together|jointly|side by side)",
      "presented (?:\\w+ |{U} |{P} ){0,4}to (?:the )?(?:{C}'s |{C} |\\w+ ){0,3}(?:board|buying (?:committee|team|group|centre|center)|selection committee|evaluation team|steering committee|management team)",
    ],
    called: [
      "(?:joint |shared |sales |finals? |vendor )?pitch(?: meeting| session| deck| day| presentation)?",
      "(?:joint|shared|combined|sales|vendor|final|finalist) presentation",
      "beauty contest|beauty parade|bake[- ]off",
    ],
  },
  executive_intro: {
    done: [
      "(?:introduced|connected|presented|walked) (?:{U}|us|me|you|our \\w+|my \\w+|the team|both of us|both of you)(?: (?:and|,) (?:{U}|me|us|\\w+))?(?: and our \\w+)?(?: \\w+ly)? (?:to|with|in to)",
      "(?:made|gave {U}|gave us|did|facilitated|arranged|set up|opened with|sent|brokered|provided) (?:\\w+ ){0,4}(?:warm |personal |e-?mail )?intro(?:duction)?s?",
      "(?:were|was|got|been|being) (?:\\w+ )?introduced (?:\\w+ |{U} )?(?:to|by)",
      "put (?:{U}|us|me|you|our \\w+) in (?:touch|contact|front of|the room with)",
      "(?:got|brought|ushered|took) (?:{U}|us|me|you|our \\w+)(?: (?:and|,) (?:{U}|me|us))? (?:in front of|into the room with|in with|to (?:their|the|{C})|a (?:meeting|seat|slot|call|chair) with|face time with|an audience with)",
      "opened (?:the |a |{U} a |us a )?(?:doors?)",
      "looped (?:{U}|us|me|you) in with",
      `(?:arranged|set up|got|secured|organi[sz]ed|brokered) (?:{U}|us|me|\\w+)? ?(?:a |an |the )?(?:\\w+ ){0,2}(?:meeting|call|coffee|lunch|dinner|breakfast|conversation|session|slot) (?:\\w+ |{U} ){0,3}with (?:\\w+ |{C} |{C}'s ){0,4}${EXECUTIVE}`,
    ],
    called: [
      "intro(?:duction)?s?(?: call| meeting| session)?",
      "(?:executive|exec|warm|personal|C[- ]level|CxO|sponsor|board|C[A-Z]O) intro(?:duction)?s?",
      "intro(?:duction)?s? (?:call |meeting |mail |e-?mail )?(?:to|with) (?:the |their |your |{C}|{C}'s )",
      "introducing (?:{U}|us|me|you|our \\w+)",
    ],
    directed: true,
  },
  technical_pre_brief: {
    done: [
      "(?:pre-?)?briefed (?:{U}|us|me|you|our|my|the team)",
      "(?:prepped|prepared|primed|readied) (?:{U}|us|me|you|our|my|the) (?:\\w+ ){0,3}(?:for|before|ahead of|on|about)",
      "(?:walked|took|talked|led|guided|brought|stepped) (?:{U}|us|me|you|our|my|the) ?(?:\\w+ ){0,3}(?:through|up to speed on) (?:\\w+ |{C} |{C}'s ){0,6}(?:systems?|stack|ERP|WMS|TMS|SAP|landscape|IT|infrastructure|environment|interfaces?|architecture|data model|set-?up|network|tech(?:nology)?|integrations?|databases?|tech estate|estate)",
      "(?:explained|described|laid out|sketched|outlined|documented) (?:to {U} |to us |for us )?(?:\\w+ |{C} |{C}'s ){0,5}(?:systems?|stack|ERP|WMS|TMS|SAP|landscape|IT|infrastructure|environment|interfaces?|data model|set-?up|tech estate|estate)",
    ],
    called: [
      "(?:technical |tech )pre-?brief(?:ing|s)?|pre-?brief(?:ing|s)?",
      "(?:technical|tech|systems?|IT|landscape) brief(?:ing|s)?",
      "(?:technical|tech) prep(?:aration)?(?: call| session)?",
    ],
    directed: true,
  },
  mdf_event: {
    done: [
      "(?:sponsored|co-?hosted|funded|paid for|hosted|co-?funded) (?:(?!exec)\\w+ |{U} ){0,6}(?:event|dinner|breakfast|lunch|webinar|round-?table|seminar|summit|booth|stand|meet-?up|reception|workshop|evening|forum)",
    ],
    called: [
      "MDF(?:[- ]\\w+)?",
      "market development funds?",
      "(?:funded|sponsored|co-?hosted|partner|customer|joint|industry) (?:event|dinner|breakfast|lunch|webinar|round-?table|seminar|summit|meet-?up|reception|evening|forum)",
    ],
  },
  recommendation: {
    done: [
      "recommended",
      "vouched for",
      "endorsed",
      "championed (?:{U}|us|our)",
      "put in a (?:\\w+ )?(?:good )?word",
      "spoke (?:very |so |really )?(?:highly|well|warmly) (?:of|about) (?:{U}|us|our|the product)",
      "(?:advised|urged|encouraged|told) (?:\\w+ |{C} |{C}'s ){0,5}(?:to )(?:choose|pick|select|shortlist|short-list|go with|buy|consider|evaluate|look at|take|sign with|favour|favor)",
      "(?:named|listed|ranked|rated) (?:{U}|us) (?:as )?(?:\\w+ )?(?:first|top|their|the|preferred|number one)",
      "suggested (?:{U}|us|our (?:product|platform|solution|tool))",
      "backed (?:{U}|us|our (?:bid|offer|proposal|product|platform|solution))",
      "said (?:we|{U}) (?:are|were|would be) the (?:best|right|safest)",
      "put (?:{U}|us|our \\w+) (?:at the top of|on|first on|forward)",
      "(?:gave|provided|offered) (?:{U}|us) (?:a|the|an) (?:\\w+ )?(?:reference|endorsement|recommendation)",
    ],
    called: ["(?:strong |written |clear |formal |personal )?recommendation", "endorsement"],
    directed: true,
  },
  resell_or_referral: {
    done: [
      "referred",
      "(?:passed|sent|handed|forwarded|gave|brought|fed|routed|threw|flipped) (?:(?:{U}|us|me|you|our \\w+|over|on|along|in) ){0,3}(?:the |this |a |that |an |their )?(?:{C} |\\w+ ){0,2}(?:lead|opportunity|enquiry|inquiry|prospect|referral|deal|account)",
      "(?:passed|handed|sent|referred|brought) {C} (?:\\w+ )?(?:to|over|on|our)",
      "(?:resold|re-?sold)",
      "(?:placed|booked|raised|issued|submitted|took|processed|transacted) (?:\\w+ |{C}'s ){0,4}(?:order|purchase order|PO|quote|resale|licen[cs]es?)",
      "(?:tipped|pointed|steered) (?:{U}|us|{C}|them) (?:off )?(?:to|at|toward|towards|our way)",
      "(?:came|came in|arrived|reached us|landed) (?:\\w+ ){0,3}(?:through|via|by way of|from|thanks to) {P}",
      "registered (?:\\w+ |{C} |{C}'s ){0,4}(?:lead|deal|opportunity)",
    ],
    called: [
      "(?:deal |lead |customer )?referral",
      "re-?sale|reseller order",
      "lead (?:hand-?over|hand-?off|pass)",
    ],
    directed: true,
  },
  integration_build: {
    done: [
      "went live with (?:\\w+ |{C}'s ){0,4}(?:integrations?|connectors?|adapters?|adaptors?|interfaces?|plug-?ins?|API|middleware|bridge)",
      "(?:built|wrote|coded|developed|finished|completed|adapted|shipped|extended|deployed|delivered|created|tested|released|programmed|customi[sz]ed|implemented|put live|set up|wired(?: up)?|hooked up|programmed|connected) (?:\\w+ |{C} |{C}'s |{P} |\\w+[-/]\\w+ ){0,6}(?:integrations?|connectors?|adapters?|adaptors?|interfaces?|plug-?ins?|API|middleware|EDI (?:link|map)|sync|data feed|feed|bridge)",
      "(?:integrated|connected|linked|wired|hooked) (?:\\w+ |{C} |{C}'s |{U} |{U}'s ){0,7}(?:to|with|into|up to) (?:\\w+ |{C} |{C}'s |{U} |{U}'s ){0,3}(?:ERP|WMS|TMS|CRM|SAP|Oracle|NetSuite|Dynamics|system|platform|warehouse|product|planner)",
    ],
    called: [
      "integration(?: build| work| sprint| project)?",
      "(?:ERP|WMS|TMS|SAP|API|custom) (?:connector|adapter|adaptor|interface)",
    ],
  },
  solution_architecture: {
    done: [
      "architected",
      "(?:designed|drew(?: up)?|drafted|sketched|reviewed|validated|signed off(?: on)?|approved|produced|laid out|blueprinted|modelled|documented|worked out|mapped out|put together|checked|corrected) (?:\\w+ |{C} |{C}'s |{P} |{P}'s |{U} ){0,5}(?:architecture|solution design|target design|(?:data|process) flows?|blueprint|design(?! review)|solution(?! brief)|reference architecture|target (?:state|picture|landscape)|deployment (?:model|plan|diagram)|data model)",
    ],
    called: [
      "(?:solution |target |technical |reference )?architecture(?: review| workshop| session| design| call| board)?",
      "(?:solution |technical )?design (?:review|workshop|session|call)",
      "blueprint(?:ing)?(?: session| workshop)?",
    ],
  },
  joint_demo: {
    done: [
      "(?:co-?)?demo(?:ed|'d|’d|nstrated|d)",
      "(?:showed|presented|walked|ran|took|drove) (?:\\w+ |{C} |{C}'s |them ){0,5}(?:through |around )?(?:the |our |a )?(?:live )?(?:product|platform|planner|software|prototype|sandbox|tool|solution live|application)",
    ],
    called: [
      "(?:joint |live |product |shared |technical |platform |tailored |custom |second |first |full )*demo(?:nstration)?s?(?: session| call| day| meeting)?",
      "(?:product|platform|live|guided) (?:walk-?through|tour|showing)",
    ],
  },
  joint_value_proposition: {
    done: [
      "(?:wrote|drafted|put|worked out|sharpened|co-?wrote|formulated|developed|documented|framed|articulated|crafted) (?:\\w+ |{C} |{C}'s ){0,6}(?:value (?:prop(?:osition)?|statement|story|case|message)|combined value|joint value|joint story|better[- ]together \\w+)",
    ],
    called: [
      "(?:joint |shared |combined )?value (?:prop(?:osition)?|statement|story|message|pitch|workshop)",
      "better[- ]together(?: story| deck| message| one-?pager)?",
      "(?:joint|combined) value",
    ],
  },
  business_case: {
    done: [
      "(?:quantified|calculated|modelled|modeled|worked out|computed|costed|put numbers (?:on|to)|ran the numbers|crunched the numbers|put a number on|totted up) ?(?:\\w+ |{C} |{C}'s ){0,6}(?:savings?|benefits?|return|payback|ROI|TCO|cost of doing nothing|business value|gains?|case|for|on|to)?",
    ],
    called: [
      "business[- ]case(?: workshop| session| review| model| paper)?",
      "(?:financial|investment|money|cost) (?:case|model|justification)",
      "ROI(?: model| case| calculation| analysis| study| workshop| paper| sheet)?",
      "TCO(?: model| calculation| analysis| comparison)?",
      "(?:cost[- ]benefit|payback|savings) (?:analysis|calculation|model|estimate)s?",
      "return[- ]on[- ]investment",
    ],
  },
  service_delivery: {
    done: [
      "(?:delivered|completed|finished|carried out|performed|provided|handled|wrapped up|executed|started|kicked off|led|ran|did) (?:\\w+ |{C} |{C}'s ){0,5}(?:services?|implementation(?! scoping)|migration|roll-?out|cut-?over|deployment|go-?live|configuration|installation|onboarding project|data load|hypercare)",
      "(?:migrated|implemented|installed|configured|rolled out|cut over|went live|deployed)",
    ],
    called: [
      "(?:professional |implementation |managed |migration )services?",
      "(?:data )?migration|roll-?out|cut-?over|go-?live|hypercare",
      "service delivery",
    ],
  },
  account_intelligence: {
    done: [
      "(?:flagged|revealed|tipped (?:{U}|us) off|pointed out|gave away)(?: to (?:{U}|us|me))? that",
      "(?:told|warned|informed|alerted|advised|tipped|filled) (?:{U}|us|me|you|our \\w+)(?: (?:and|,) (?:{U}|me|us))?(?: off| in)?(?: \\w+ly)?(?: (?:early|yesterday|today|on \\w+|last \\w+|this \\w+))?(?:,)? (?:that|about|who|how|which|what|why|when|where|on|of|off|in|{C}|the|their|there)",
      "(?:let (?:{U}|us|me|you) know|gave (?:{U}|us|me|you) (?:a |the |an )?(?:\\w+ )?(?:heads[- ]up|tip(?:-off)?|inside (?:view|track|story)|background|insights?|picture|low[- ]down|read|download|map of|intel)|clued (?:{U}|us|me|you) in|briefed (?:{U}|us|me|you|our \\w+) on (?:\\w+ |{C} |{C}'s ){0,4}(?:people|politics|budget|organi[sz]ation|stakeholders|plans|buying|board|decision))",
      "(?:shared|passed on|sent|revealed|relayed|disclosed|mentioned|explained|mapped|sketched|drew|laid out) (?:\\w+ |{U} |{C} |{C}'s ){0,6}(?:org(?:ani[sz]ation)? chart|stakeholder map|stakeholders|budget(?: cycle| holder| plans?)?|politics|buying (?:process|committee|criteria|centre|center)|decision (?:process|criteria|makers?)|power map|who decides|internal (?:view|politics)|plans|priorities|reorgani[sz]ation|intel|insights?|background)",
    ],
    called: [
      "account intel(?:ligence)?",
      "(?:inside|insider) (?:track|info(?:rmation)?|view)",
      "stakeholder (?:map|mapping)",
    ],
    directed: true,
  },
  partner_pricing: {
    done: [
      "(?:extended|granted|secured|applied|approved|offered|got|gave|obtained|negotiated|released|confirmed|unlocked|arranged|brought|passed on|agreed) (?:\\w+ |{U} |{C} |{C}'s |{P} |{P}'s ){0,6}(?:pricing|prices?|rates?|discounts?|price list|rate card|terms|conditions)",
    ],
    called: [
      "(?:partner|portfolio|program(?:me)?|preferred|framework|special|negotiated|group|volume|marketplace)[- ](?:pricing|prices?|rates?|discounts?|terms)",
    ],
  },
  account_mapping: {
    done: [
      "(?:compared|matched|cross-?checked|overlaid|went through|reconciled|lined up|ran) (?:\\w+ |{U} |{P} |{P}'s ){0,5}(?:account|customer|prospect|target)(?:s| lists?| bases?)",
      "mapped (?:\\w+ |{U} |{P} ){0,3}(?:accounts|customers|territories|target lists?|account lists?)",
      "(?:found|spotted|saw|flagged|surfaced|came up with) (?:\\w+ |{C} ){0,6}(?:overlaps?|on both lists|in both lists)",
    ],
    called: [
      "account[- ]mapping(?: session| call| workshop| exercise)?",
      "(?:account|list|customer) overlap",
      "crossbeam",
    ],
  },
  security_review_support: {
    done: [
      "(?:answered|filled (?:in|out)|completed|helped (?:\\w+ |{U} |{C} ){0,3}(?:with|answer|complete|fill in|pass|through)|supported|handled|cleared|closed|covered|responded to|sorted(?: out)?|worked through|walked \\w+ through|returned|dealt with|took (?:\\w+ ){0,3}through) (?:\\w+ |{C} |{C}'s |{P} |{P}'s ){0,6}(?:security|infosec|information security|vendor[- ]risk|SOC ?2|ISO ?27001|pen(?:etration)?[- ]test|data protection|DPIA|privacy|compliance|risk)(?: \\w+)?",
    ],
    called: [
      "(?:(?:information )?security|infosec|vendor[- ]risk|privacy|compliance|risk|data protection)[- ](?:review|questionnaire|assessment|audit|check|questions|form|session|call|meeting|workshop|clearance)s?",
      "(?:SOC ?2|ISO ?27001|DPIA|pen(?:etration)?[- ]test)(?: \\w+)?",
      "(?:vendor|supplier) (?:questionnaire|assessment)",
    ],
  },
  implementation_scoping: {
    done: [
      "(?:re-?)?scoped",
      "(?:estimated|sized|planned|costed|laid out|drew up|drafted|prepared|worked out|wrote|put together|finali[sz]ed|delivered|sent|produced|mapped out) (?:\\w+ |{C} |{C}'s ){0,5}(?:implementation(?: plan| effort| estimate| scope)?|roll-?out plan|roll-?out|effort|project plan|SOW|statement of work|work packages?|work breakdown|go-?live plan|delivery plan|scope|person[- ]days)",
    ],
    called: [
      "(?:implementation |project |roll-?out |delivery )?scoping(?: workshop| session| call| meeting| document)?",
      "(?:implementation|project|delivery|roll-?out) (?:plan|scope|estimate|planning)(?: workshop| session| call)?",
      "statement of work|SOW",
      "effort estimat(?:e|ion)",
    ],
  },
  executive_alignment: {
    done: [
      "(?:hosted|held|ran|organi[sz]ed|arranged|led|attended|gave|joined) (?:\\w+ |{U} ){0,4}(?:exec(?:utive)?|sponsor|C-level|leadership) (?:\\w+ )?(?:dinner|lunch|breakfast|call|meeting|round-?table|briefing|session|evening|check-?in)",
      `(?:spoke|talked|met|dined|lunched|had (?:a |an )?(?:\\w+ )?(?:call|dinner|lunch|breakfast|coffee|meeting|conversation)|called|phoned|rang|sat down|aligned|checked in) (?:\\w+ ){0,2}(?:with |to )?(?:\\w+ |{C} |{C}'s ){0,4}(?:C[A-Z]O|chief \\w+(?: \\w+)? officer|executives?|board|sponsor|managing director|president|chair(?:man|woman)?)`,
    ],
    called: [
      "exec(?:utive)?[- ](?:alignment|sponsor|sponsorship|briefing|dinner|round-?table|check-?in|steering)(?: call| meeting| session| dinner)?",
      "exec(?:utive)?[- ]to[- ]exec(?:utive)?(?: call| meeting| session)?",
      "(?:sponsor|steering|steerco|steering committee|board)[- ](?:call|meeting|alignment|session)",
      "steerco|steering committee|top[- ]to[- ]top",
    ],
  },
  procurement_advocacy: {
    done: [
      "(?:helped|convinced|reassured|persuaded|won over|talked to|supported) (?:\\w+ |{C} |{C}'s ){0,4}(?:procurement|purchasing|buying (?:team|department))",
      "(?:spoke|argued|advocated|lobbied|pushed|made (?:the|our|a) case|stood up|went to bat|interceded|intervened|weighed in|pleaded|fought|vouched) (?:\\w+ |{U} |{C} |{C}'s ){0,7}(?:procurement|purchasing|sourcing|buyers?|buying department|tender|vendor list)",
      "(?:got|cleared|moved|helped|walked|steered|took|shepherded|guided|nudged|smoothed|unblocked|sped|chased|carried|brought|pushed|eased) (?:{U}|us|our|the|it|this|\\w+)? ?(?:\\w+ |{C} |{C}'s ){0,6}(?:through|past|with|in|onto|on|at) (?:\\w+ |{C} |{C}'s ){0,3}(?:procurement|purchasing|sourcing team|vendor list|supplier list|vendor onboarding|supplier onboarding|buying department)",
    ],
    called: [
      "procurement (?:advocacy|call|meeting|session|support|review|negotiation)",
      "(?:purchasing|sourcing|vendor onboarding) (?:call|meeting|session)",
    ],
  },
  training: {
    done: [
      "(?:re-?)?trained",
      "(?:taught|coached|certified|schooled|upskilled|onboarded|instructed|enabled) (?:\\w+ |{C} |{C}'s |\\d+ ){0,6}(?:users?|planners?|teams?|staff|people|admins?|administrators?|employees|key users|colleagues|dispatchers?|buyers?|operators?|managers?|group|department|{C})",
    ],
    called: [
      "(?:user |end[- ]user |admin(?:istrator)? |key[- ]user |customer |on-?site |planner )?training(?: session| day| course| workshop| week)?s?",
      "train[- ]the[- ]trainer(?: session| workshop)?",
      "(?:enablement|onboarding|certification|refresher) (?:session|workshop|day|course|class)",
    ],
  },
  customer_success_support: {
    done: [
      "(?:resolved|fixed|closed|sorted(?: out)?|cleared|troubleshot|answered|handled|debugged) (?:\\w+ |{C} |{C}'s ){0,6}(?:tickets?|issues?|incidents?|support (?:case|request)s?|adoption|problems?|bugs?|complaints?|outage)",
      "(?:helped|supported|assisted) (?:\\w+ |{C} |{C}'s ){0,5}(?:after (?:the )?(?:go-?live|launch|purchase|roll-?out|signing)|get more out of|with adoption|adopt|raise adoption|settle in)",
    ],
    called: [
      "(?:health|success|adoption)[- ](?:check|review|workshop|session|call|plan|check-?in)s?",
      "QBR|quarterly business review|business review",
      "post[- ](?:go-?live|launch|sale|sales) (?:support|review|check|call|session)",
      "customer success (?:review|call|session|workshop|support|plan|meeting)",
    ],
  },
};

/** Words of an activity as patterns, over a text with its names masked. */
export interface Act {
  type: string;
  /** What was done, in the past; or after "managed to", or thanked for. */
  done: RegExp | null;
  called: RegExp | null;
  /** The same in German, French and Spanish. */
  elsewhere: { done: RegExp | null; called: RegExp | null };
  directed: boolean;
}

/** What stands in a masked text for each letter of a name. */
export const MASKS = { partner: "\uE000", account: "\uE001", own: "\uE002" } as const;

/** Verbs whose past does not end in "ed", with what they are without it. */
const IRREGULAR: Readonly<Record<string, string>> = {
  ...{
    ran: "run",
    held: "hold",
    led: "lead",
    gave: "give",
    made: "make",
    took: "take",
    got: "get",
    built: "build",
  },
  ...{
    brought: "bring",
    wrote: "write",
    drew: "draw",
    met: "meet",
    spoke: "speak",
    told: "tell",
    sent: "send",
  },
  ...{
    taught: "teach",
    went: "go",
    did: "do",
    drove: "drive",
    rang: "ring",
    had: "have",
    set: "set",
    put: "put",
  },
  ...{ let: "let", threw: "throw", fought: "fight", stood: "stand", sat: "sit", found: "find", saw: "see" },
};
/** Before a verb without its past, it was done all the same. */
const MANAGED =
  "(?:(?:kind|nice|good|generous|quick|brave) enough to|managed to|(?:was|were) able to|succeeded in|took the time to|went on to|got to|helped(?: {U}| {C}'s| {C}| {P}| \\w+){0,3}(?: to)?|did)";
/** Before a verb in "ing", likewise. */
const THANKED =
  "(?:(?:thanks?|thank you)(?: \\w+| {P}| {U}){0,4} for|grateful (?:\\w+ |{P} ){0,3}for|appreciate(?:d)?(?: {P}| you)?|finished|spent (?:\\w+ ){1,4}|ended up|succeeded in|kudos (?:\\w+ |{P} ){0,3}for|by)";

const PAST = new RegExp(
  `(?<![a-z\\\\[])(?:([a-z]{2,})ed|(${Object.keys(IRREGULAR).join("|")}))(?![a-z])`,
  "g",
);
const inf = (source: string) =>
  source.replace(PAST, (_, stem?: string, irregular?: string) =>
    irregular ? IRREGULAR[irregular]! : `${stem}e?`,
  );
const ing = (source: string) =>
  source.replace(PAST, (_, stem?: string, irregular?: string) =>
    irregular ? `${IRREGULAR[irregular]!.replace(/e$/, "")}[a-z]?ing` : `${stem}ing`,
  );

const compiled = (sources: readonly string[]) =>
  sources.length === 0
    ? null
    : new RegExp(
        `(?<![\\p{L}\\p{N}\uE000-\uE002])(?:${sources.map(written).join("|")})(?![\\p{L}\\p{N}])`,
        "giu",
      );

const doing = (sources: readonly string[]) =>
  compiled([
    ...sources,
    `${MANAGED} (?:\\w+ly )?(?:${sources.map(inf).join("|")})`,
    `${THANKED} (?:\\w+ly )?(?:${sources.map(ing).join("|")})`,
  ]);

/** A letter of a word, in a short way: classes of letters make a pattern that takes seconds to compile. */
const WORD = `[^\\s,;:.!?()"${MASKS.partner}-${MASKS.own}]`;

const written = (source: string) =>
  source
    .replaceAll("{P}", `${MASKS.partner}+`)
    .replaceAll("{C}", `${MASKS.account}+`)
    .replaceAll("{U}", `${MASKS.own}+`)
    .replaceAll("\\w", WORD)
    .replaceAll(" ", "\\s+");

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** How a company's menu is told of: each type by its words here, and by its label. */
export function actsOf(menu: readonly MenuEntry[]): Act[] {
  return menu.map(({ type, label }) => {
    const told = Object.hasOwn(ELSEWHERE, type) ? ELSEWHERE[type] : undefined;
    const words: ActWords = (Object.hasOwn(ACT_WORDS, type) && ACT_WORDS[type]) || { done: [], called: [] };
    return {
      type,
      done: words.done.length > 0 ? doing(words.done) : null,
      called: compiled([...words.called, escaped(label)]),
      elsewhere: { done: compiled(told?.done ?? []), called: compiled(told?.called ?? []) },
      directed: words.directed ?? false,
    };
  });
}
