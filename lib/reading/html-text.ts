/** The words of an HTML mail, a line a block; what it quotes has `>` before each line, as in a plain one. */
export function htmlText(html: string): string {
  const shown = html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/\s+/g, " ");
  let depth = 0;
  let text = "";
  const line = () => {
    if (text !== "" && !text.endsWith("\n")) text += "\n";
  };
  for (const piece of shown.split(/(<[^>]*>)/)) {
    const [, closing, name = ""] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(piece) ?? [];
    if (!name) {
      const words = text.endsWith("\n") || text === "" ? piece.trimStart() : piece;
      if (!piece.startsWith("<") && words)
        text += (atStart(text) ? "> ".repeat(depth) : "") + entities(words);
      continue;
    }
    const tag = name.toLowerCase();
    if (tag === "blockquote") {
      line();
      depth = Math.max(0, depth + (closing ? -1 : 1));
    } else if (tag === "br") text += "\n";
    else if (tag === "hr") {
      line();
      text += "________________________________\n";
    } else if (tag === "li" && !closing) {
      line();
      text += "- ";
    } else if (/^(p|h[1-6]|table|ul|ol)$/.test(tag)) {
      line();
      if (closing) text += "\n";
    } else if (/^(div|tr|li|body|html)$/.test(tag)) line();
    else if (/^t[dh]$/.test(tag) && closing) text += " ";
  }
  return text.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n");
}

const atStart = (text: string) => text === "" || text.endsWith("\n");

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ndash: "–", mdash: "—", hellip: "…" },
  ...{ lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", bull: "•", middot: "·", copy: "©", reg: "®" },
  ...{ auml: "ä", ouml: "ö", uuml: "ü", Auml: "Ä", Ouml: "Ö", Uuml: "Ü", szlig: "ß", eacute: "é" },
  ...{ egrave: "è", agrave: "à", ccedil: "ç", ntilde: "ñ", aring: "å", Aring: "Å", oslash: "ø", aelig: "æ" },
};

function entities(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return NAMED[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}
