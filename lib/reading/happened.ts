import { MASKS } from "./acts";

/** Where one part of a sentence ends, and what is said of it. */
const PARTS =
  /[,;:—–()]|\s-\s|\b(?:but|although|though|while|whereas|because|and then|then|before|until|so that|which means|however)\b/giu;

/** Said before an act, it has not happened: it is to come, wished for, asked for, refused, or made up. */
const NOT_YET = new RegExp(
  [
    "\\b(?:will|would|could|should|might|shall|must|cannot|gonna)\\b",
    "['’]ll\\b|n['’]t\\b|['’]d (?:like|love|prefer|rather)\\b",
    "\\b(?:can|may) (?:we|you|they|he|she|also|help|still|\uE000|\uE002|\\w+)",
    "\\b(?:not(?! only)|never|nobody|no longer|neither|nor|hardly|instead of|rather than)\\b",
    "\\bno(?= (?:\\w+ ){0,2}\\w+$| $|$)|\\bno (?=\\w)",
    "\\bwithout (?!(?:a|any) (?:hitch|issue|problem))",
    "\\b(?:going|about|due|set|supposed|meant|scheduled|booked|expected|ready|hoping|hopes?|hoped|wants?|wanted|wish|wishes|wished|needs?|needed|plans?|planned|planning|intends?|intended|agreed|promised|offered|offers|volunteered|asked|asks|asking|requested|decided|tried|failed|refused|declined|unable|like|love|keen|happy|looking|aims?|aimed|proposed|proposes|suggested|invited|begun? preparing|prepar(?:es|ing)) (?:\\w+ |[\uE000-\uE002]+ (?:and [\uE000-\uE002]+ )?){0,3}to\\b",
    "\\b(?:plan(?:s|ned|ning)?|schedul(?:e|ed|es|ing)(?! by)|book(?:ed|ing)|ask(?:s|ed|ing)?|request(?:s|ed|ing)?|propos(?:e|es|ed|ing)|suggest(?:s|ed|ing)?(?= (?:a|an|that|we|doing|running|holding|another)\\b)|pencil+ed|await(?:s|ing)?|pending|upcoming|wait(?:s|ed|ing)? for|need(?:s|ed)?|want(?:s|ed)?|discuss(?:ed|ing)?(?: having| doing| a| an| another)|talk(?:ed|ing)? about (?:a|an|another|having|doing)|invit(?:e|es|ation|ed) (?:\\w+ |[\uE000-\uE002]+ ){0,4}(?:to|for)|consider(?:ed|ing)?|look(?:ing)? forward to|prepar(?:e|ed|ing) (?:for|the agenda)|dates? for|slots? for|agenda for|time for)\\b",
    "\\b(?:if|unless|whether|once|as soon as|until|in case|suppose|imagine|assuming|provided)\\b",
    "\\b(?:please|let['’]?s|let us|could you|can you|would you)\\b",
    "\\b(?:cancel+ed|cancels|postponed|rescheduled|called off|skipped|missed|no[- ]show(?:ed)?|dropped)\\b",
    "\\b(?:next|coming) (?:week|month|quarter|mon|tue|wed|thu|fri)",
    "\\b(?:tomorrow|rumou?rs?|allegedly|reportedly|in general|usually|typically|always|often|every (?:week|month|quarter|year))\\b",
    "\\b(?:template|example|sample|webinar series|newsletter)\\b",
  ].join("|"),
  "iu",
);
/** Said after an act, or anywhere beside it, it did not happen either. */
const CALLED_OFF =
  /\b(?:was|were|is|are|has been|have been|got|had to be|had been)(?: \w+)? (?:cancel+ed|postponed|rescheduled|called off|moved|pushed|dropped|delayed|pulled|scrapped|planned|scheduled|booked)\b|\b(?:did not|didn['’]t|never|won['’]t|will not) (?:take place|happen|materiali[sz]e|go ahead|come off|occur|get off the ground)\b|\bfell through\b|\bno[- ]show\b|\bis (?:set|due|planned|scheduled|pending|still open)\b|\b(?:is|are) (?:next|on hold|tomorrow|to be)\b/iu;

/** Doing, of what is called by its name. */
const IRREGULAR =
  "ran|held|led|did|gave|wrote|built|took place|took|sat in|sat with|sat down|sat through|went through|went over|went well|went great|went (?:really |very |so )?\\w+|made|brought|drove|met|spoke|drew|showed|sent|chaired|put together|put on|came to|came along|came from|came|got|threw|won|kept|spent|shone|stood|was (?:held|done|run|led|given|in|on|part|there|great|excellent|complete|completed|finished|a success)|were (?:held|done|in|on|there|run)|is (?:done|complete|completed|finished|behind us|through|over)|has been|had|have run|have held|has run|has held|has led|has done|has given|has written|has built|did the|ran through|begun|began|taught|undertook|oversaw|saw|flew|dealt with";
/** Past forms that tell of no doing. */
const NO_DOING =
  "asked|wanted|needed|requested|planned|scheduled|proposed|suggested|offered|agreed|promised|mentioned|noted|attached|invited|received|forwarded|interested|expected|cancel+ed|postponed|delayed|related|booked|called|hoped|decided|considered|copied|paid|invoiced|charged|pleased|excited|indeed|need|speed|feed|named|updated|enclosed|linked|based|dated|subscribed|registered|limited|detailed|required|missed|skipped|declined|refused|heard|read|thanked|congratulated|reminded|hundred|united|shared services|wondered|signed up|rescheduled|moved|pushed|tied|worried|loved|liked|signed|listed";
const DOING = new RegExp(
  `(?<![\\p{L}])(?:(?!(?:${NO_DOING})(?![\\p{L}]))(?:co-?)?\\p{L}{2,}ed|${IRREGULAR})(?![\\p{L}])`,
  "giu",
);
/** Thanks, praise, minutes: what was met for is behind them. */
const LOOKING_BACK =
  /\b(?:thanks?(?: you)?(?: again| so much| both| all| everyone| very much)?(?: \S+)?(?: and \S+)? for|(?:great|good|excellent|productive|solid|super|fantastic|useful|strong|brilliant|lovely|terrific|valuable|successful|very good|really good|first-class)|recap(?: of| from)?|summary (?:of|from)|notes (?:from|of|on)|minutes (?:of|from)|read-?out (?:of|from)|takeaways from|follow(?:ing)?[- ]?up (?:on|from|to|after)|following|out of|came out of|fresh (?:from|out of)|back from|done with|after (?:the|our|yesterday|today|that|this|last|monday|tuesday|wednesday|thursday|friday)|since the|during|at (?:the|our|yesterday|today|this|last)|in (?:the|our|yesterday|today|this|last)|from (?:the|our|yesterday|today|this|last|monday|tuesday|wednesday|thursday|friday)|(?:yesterday|today|monday|tuesday|wednesday|thursday|friday|this morning|this afternoon|last week|last night)['’]s|enjoyed|impressed by|appreciated?)\b/iu;
/** What is said while one is at it. */
const AT_IT =
  /\b(?:welcome(?: everyone| everybody| all| back)?(?:,? \S+){0,3} to|today['’]s|this is|we(?: are|['’]re) here (?:for|to)|thanks? (?:\S+ ){0,5}for (?:joining|coming|making|taking)|kick(?:ing)? off|let['’]s (?:start|begin|get (?:started|going))|in (?:this|today['’]s)|purpose of (?:today|this|the)|so this|start(?:ing)? (?:the|our|today)|agenda (?:for )?today|joining (?:us )?(?:for|today)|wrap(?:ping)? up|today we|recording of)\b/iu;

/** At its start, what is written down as a wish, a pattern or a list. */
const NO_REPORT =
  /^\W*(?:draft|template|example|sample|e\.g\.|agenda|to[- ]?do|next steps?|action items?|plan|our plan|ask|open)\b[^\p{L}]*:/iu;

/** A stretch of a sentence. */
export interface Part {
  at: number;
  end: number;
}

/** The part of a sentence in which a place lies. */
export function partAround(sentence: string, at: number): Part {
  let start = 0;
  for (const { index, 0: mark } of sentence.matchAll(PARTS)) {
    if (index >= at) return { at: start, end: index };
    start = index + mark.length;
  }
  return { at: start, end: sentence.length };
}

/** Whether a part says up to `at` that what follows has not happened, or a condition stands before it. */
function isNotYet(sentence: string, at: number): boolean {
  const part = partAround(sentence, at);
  if (NOT_YET.test(sentence.slice(part.at, at))) return true;
  const before = sentence.slice(0, part.at);
  return /(?:^|[,;]\s*)(?:if|unless|should|once|as soon as|when(?:ever)?(?= [^,]*\b(?:is|are|has|have)\b))\b[^,;]*[,;]?\s*$/iu.test(
    before,
  );
}

/**
 * Where a masked sentence says that an act at `at` was done: the place of the doing; null where it says no such
 * thing. `byItself`: the act's words are those of a doing.
 */
export function doneAt(
  sentence: string,
  at: number,
  end: number,
  { byItself, spoken }: { byItself: boolean; spoken: boolean },
): number | null {
  if (/\?["'”’)]*$/.test(sentence) || CALLED_OFF.test(sentence) || NO_REPORT.test(sentence)) return null;
  if (isNotYet(sentence, at)) return null;
  const part = partAround(sentence, at);
  const after = sentence.slice(end, part.end);
  // What a company does for itself is no act on a customer.
  if (/\b(?:its|their|his|her) own\b/iu.test(sentence.slice(at, end + 30))) return null;
  if (new RegExp(`\\b(?:without|instead of|but not) (?:the )?${MASKS.partner}`, "u").test(after)) return null;
  if (
    /^\s+(?:is|are|will|would|should|can|could|may|might|next|tomorrow|to be|needs|remains)\b/iu.test(after)
  )
    return null;
  if (byItself) return at;
  const doings = [...sentence.matchAll(DOING)]
    .filter(({ index, 0: said }) => (index + said.length <= at || index >= end) && !isNotYet(sentence, index))
    .map(({ index }) => index)
    .sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
  if (doings[0] !== undefined) return doings[0];
  const before = sentence.slice(0, end);
  return LOOKING_BACK.test(before) || (spoken && AT_IT.test(before)) ? at : null;
}
