/**
 * German, French and Spanish: what partners' acts are called and how they are told there, and what says that one has not
 * happened. A few plain ways of each: in doubt it is silent, as everywhere. In them a partner is `{P}`, a customer `{C}`.
 */

/** Whom an act is done for or with, between its words: "uns bei {C}", "nous à {C}". */
const GAP = "(?:(?:\\d[\\d.]*|[^\\s,;:.!?]+) ){0,8}?";

interface Told {
  /** What it is called: on an invitation, or with one of the words of doing it. */
  called: readonly string[];
  /** What is said to have been done: it tells the act by itself. */
  done: readonly string[];
}

export const ELSEWHERE: Readonly<Record<string, Told>> = {
  joint_discovery: {
    called: [
      "(?:gemeinsame[rsn]? |erste[rsn]? )?(?:Bedarfsanalyse|Bedarfsaufnahme|Anforderungsanalyse|Anforderungsworkshop|Discovery-(?:Workshop|Termin|Gespräch))",
      "(?:atelier|réunion|séance|session) (?:conjointe? )?de (?:découverte|cadrage des besoins|recueil des besoins)",
      "analyse (?:conjointe )?des besoins|recueil des besoins",
      "(?:sesión|reunión|taller) (?:conjunt[oa] )?de (?:descubrimiento|levantamiento de requisitos)",
      "(?:análisis|levantamiento) de (?:necesidades|requisitos)",
    ],
    done: [`(?:Anforderungen|Bedarf) ${GAP}(?:aufgenommen|erhoben)`],
  },
  joint_pitch: {
    called: [
      "gemeinsame[rsn]? (?:Pitch|Präsentation|Angebotspräsentation)|Angebotspräsentation",
      "(?:présentation|soutenance) (?:conjointe|commune)|soutenance",
      "presentación (?:conjunta|comercial|de la oferta)",
    ],
    done: [],
  },
  executive_intro: {
    called: [
      "(?:Vorstellung|Vorstellungsgespräch|Kennenlernen) (?:beim|bei der|mit dem|mit der) (?:Vorstand|Geschäftsführ\\w+|CFO|CEO|CIO|COO)",
      "(?:mise en relation|introduction|présentation) (?:avec|auprès de|à) (?:la direction|le directeur|la directrice|le DG|le DAF|le DSI)",
      "(?:introducción|presentación) (?:con|a|al|ante) (?:la dirección|el director|la directora|director general|directora general|el CEO|el CFO)",
    ],
    done: [
      `uns ${GAP}(?:vorgestellt|bekannt gemacht|eingeführt)`,
      `uns ${GAP}(?:den Termin|das Treffen|ein Treffen|einen Termin) ${GAP}(?:vermittelt|verschafft)`,
      `nous a (?:présentés?|introduits?|mis en relation|mis en contact)`,
      `nos (?:presentó|introdujo|ha presentado|puso en contacto|ha puesto en contacto)`,
    ],
  },
  technical_pre_brief: {
    called: [
      "technische[rsn]? (?:Briefing|Vorbesprechung|Vorgespräch)",
      "briefing technique|réunion technique préparatoire",
      "(?:briefing|sesión previa|reunión previa) técnic[oa]",
    ],
    done: [],
  },
  recommendation: {
    called: [],
    done: [
      `uns ${GAP}(?:empfohlen|weiterempfohlen)`,
      "nous a (?:chaudement |vivement )?recommandés?",
      "nos (?:ha )?(?:recomendó|recomendado)",
    ],
  },
  resell_or_referral: {
    called: [],
    done: [
      `uns ${GAP}(?:den Lead|die Anfrage|den Kontakt) ${GAP}(?:weitergegeben|übergeben|geschickt)`,
      `nous a (?:transmis|apporté|envoyé|passé) ${GAP}(?:le lead|l['’]opportunité|l['’]affaire|le prospect)`,
      `nos (?:ha )?(?:pasó|pasado|trajo|traído|envió|enviado|refirió|referido) ${GAP}(?:el lead|la oportunidad|el cliente|el contacto)`,
    ],
  },
  joint_demo: {
    called: [
      "(?:gemeinsame |Produkt-?|Live-?)*(?:Demo|Produktvorführung|Produktdemonstration|Vorführung)",
      "(?:démo|démonstration)(?: du produit| produit| commune| conjointe| technique)?",
      "(?:demo|demostración)(?: del producto| de producto| conjunta| técnica)?",
    ],
    done: [
      `(?:das Produkt|die Plattform|die Lösung) ${GAP}(?:vorgeführt|gezeigt|demonstriert)`,
      `a (?:montré|présenté|démontré) ${GAP}(?:le produit|la plateforme|la solution)`,
      `(?:mostró|demostró|ha mostrado) ${GAP}(?:el producto|la plataforma|la solución)`,
    ],
  },
  business_case: {
    called: [
      "Wirtschaftlichkeits(?:rechnung|betrachtung|analyse)|Nutzenrechnung",
      "(?:étude|analyse|calcul) (?:de rentabilité|du retour sur investissement|du ROI)",
      "(?:caso de negocio|análisis de rentabilidad|cálculo del retorno|retorno de la inversión)",
    ],
    done: [],
  },
  solution_architecture: {
    called: [
      "(?:Lösungs|Ziel)architektur|Architektur-?(?:Workshop|Termin|Review|Abstimmung)",
      "(?:atelier|revue|réunion) d['’]architecture|architecture cible",
      "(?:taller|revisión|sesión|reunión) de arquitectura|arquitectura (?:objetivo|de la solución)",
    ],
    done: [],
  },
  security_review_support: {
    called: [
      "Sicherheits(?:prüfung|fragebogen|überprüfung|review)",
      "(?:revue|audit|questionnaire) de sécurité",
      "(?:revisión|cuestionario|auditoría) de seguridad",
    ],
    done: [],
  },
  implementation_scoping: {
    called: [
      "(?:Scoping|Umfangs)-?(?:Workshop|Termin|klärung)|Projektumfang(?:s-?Workshop)?",
      "atelier de cadrage|réunion de cadrage|cadrage du projet",
      "(?:taller|sesión|reunión) de alcance|definición del alcance",
    ],
    done: [],
  },
  training: {
    called: [
      "(?:Anwender|Benutzer|Key-User|Produkt|Planer)?-?[Ss]chulung",
      "formation(?: des utilisateurs| utilisateurs| produit)?",
      "(?:formación|capacitación)(?: de usuarios| del equipo| de producto)?",
    ],
    done: [`${GAP}(?:geschult)`, "a formé (?:les|l['’])", "(?:formó|capacitó|ha formado|ha capacitado) a"],
  },
};

/** Doing, of what is called by its name: with it a `called` act was done. */
export const DOING_ELSEWHERE =
  /(?<![\p{L}])(?:durchgeführt|geleitet|gehalten|moderiert|gemacht|erstellt|gezeigt|geführt|abgeschlossen|erledigt|a\s+(?:mené|animé|fait|réalisé|conduit|dirigé|tenu|organisé|assuré|bouclé)|ont\s+(?:mené|animé|fait|réalisé|conduit)|(?:dirigió|hizo|realizó|impartió|llevó\s+a\s+cabo|condujo|moderó|dio)|ha\s+(?:dirigido|hecho|realizado|impartido|llevado\s+a\s+cabo))(?![\p{L}])/iu;

/** Anywhere in such a sentence: it is to come, wished for, asked for, denied or called off. */
const NOT_SO =
  /(?<![\p{L}])(?:nicht|kein(?:e[nmrs]?)?|nie|niemand|wird|werden|würde[n]?|soll(?:te|ten|en)?|möchte[n]?|will|wollen|könnte[n]?|kann|müsste[n]?|falls|wenn|sobald|ob|bitte|geplant|plant|planen|abgesagt|verschoben|morgen|nächste[nrs]?|kommende[nrs]?|ne|n['’]a|pas|jamais|sera|seront|va|vont|devrait|pourrait|voudrait|souhaite|prévu[es]?|prévoit|annulé[es]*|reporté[es]*|demain|prochaine?|si|merci\s+de|no|nunca|jamás|será|serán|va\s+a|van\s+a|debería|podría|quiere|quería|quisiera|planea|previst[oa]s?|cancelad[oa]s?|aplazad[oa]s?|pospuest[oa]s?|mañana|próxim[oa]s?|por\s+favor|ohne|sans|sin)(?![\p{L}])|\?|¿/iu;
/** The same words are of English, too, or of names: they say something only where the rest is not. */
export const isNotSoElsewhere = (sentence: string): boolean => NOT_SO.test(sentence);

/** On an invitation: it is not to be held, or among ourselves. */
export const NOT_HELD_ELSEWHERE =
  /^\s*(?:abgesagt|storniert|verschoben|platzhalter|blocker|vorläufig|annulée?|reportée?|provisoire|cancelad[oa]|aplazad[oa]|pospuest[oa]|provisional)(?![\p{L}])|(?<![\p{L}])(?:intern(?:e[rsn]?)?|vorbereitung|probelauf|generalprobe|anreise|interne|préparation|répétition|déplacement|intern[oa]|preparación|ensayo|desplazamiento)(?![\p{L}])/iu;

const WORDS_OF = {
  de: /(?<![\p{L}])(?:der|die|das|den|dem|und|mit|bei|beim|am|im|ein|eine|einen|hat|haben|wir|uns|ist|von|vom|zum|zur|für|auf|gestern|heute)(?![\p{L}])/giu,
  fr: /(?<![\p{L}])(?:le|la|les|des|du|et|avec|chez|au|aux|un|une|a|ont|nous|est|pour|dans|sur|ce|cette|hier|aujourd['’]hui)(?![\p{L}])/giu,
  es: /(?<![\p{L}])(?:el|la|los|las|del|y|con|en|al|un|una|ha|han|nos|es|para|por|este|esta|ayer|hoy)(?![\p{L}])/giu,
  en: /(?<![\p{L}])(?:the|and|with|at|on|in|a|an|has|have|we|us|is|of|to|for|from|our|their|yesterday|today|was|were)(?![\p{L}])/giu,
} as const;
export type Elsewhere = "de" | "fr" | "es";

/** In which of them a text is written; null where it is English, or too short to tell. */
export function elsewhere(text: string): Elsewhere | null {
  const counted = (Object.keys(WORDS_OF) as (keyof typeof WORDS_OF)[])
    .map((language) => ({ language, many: [...text.matchAll(WORDS_OF[language])].length }))
    .sort((a, b) => b.many - a.many);
  const [most, next] = counted;
  if (!most || most.language === "en" || most.many < 2 || most.many === next?.many) return null;
  return most.language;
}
