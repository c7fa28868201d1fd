import { XMLBuilder } from "fast-xml-parser";
import { BLUEPRINT_NAMES } from "@/lib/interchange/blueprint-fields";
import { type BlueprintOf, type Field, fieldsOf, type Shape } from "./fields";
import { salesforceGuide } from "./salesforce-guide";

/** The version of the Metadata API that the files are of. */
const VERSION = "62.0";
const OBJECT = "Opportunity";
const NAMES = BLUEPRINT_NAMES.salesforce;
export const RULE = "Countersign_Gate";
const LAYOUT = `${OBJECT}-Countersign`;
/** Who writes back, and who only looks. */
const PERMISSION_SETS = [
  {
    name: "Countersign_Connection",
    label: "Countersign: connection",
    isEditable: true,
    says: "For the run-as user of the connection, and whoever asks the stage gate: reads and writes its fields.",
  },
  {
    name: "Countersign_Reader",
    label: "Countersign: reader",
    isEditable: false,
    says: "For whoever sells: sees what Countersign decided, and writes none of it.",
  },
] as const;

type Element = { readonly [name: string]: Node };
type Node = string | number | boolean | Element | readonly Node[];

const builder = new XMLBuilder({ ignoreAttributes: false, format: true, indentBy: "    " });

/** A file of the Metadata API: the order of its elements is that of Salesforce's schema. */
const file = (root: string, content: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({
    [root]: { "@_xmlns": "http://soap.sforce.com/2006/04/metadata", ...content },
  })}`;

/**
 * A package of the Metadata API that makes a Salesforce org ready: fields of Opportunity with the policy's own words,
 * the rule that asks for a fresh receipt of the stage gate, permission sets, a layout; and the guide.
 *
 * @returns the files by their paths
 */
export function salesforceBlueprint(of: BlueprintOf): Record<string, string> {
  const fields = fieldsOf(of);
  const sets = PERMISSION_SETS.map(
    (set) => [`metadata/permissionsets/${set.name}.permissionset`, permissionSet(set, fields)] as const,
  );
  return {
    "README.md": salesforceGuide(of, fields),
    "metadata/package.xml": manifest(fields),
    [`metadata/objects/${OBJECT}.object`]: file("CustomObject", {
      fields: fields.map(field),
      validationRules: gateRule(),
    }),
    ...Object.fromEntries(sets),
    [`metadata/layouts/${LAYOUT}.layout`]: layout(fields),
  };
}

const manifest = (fields: readonly Field[]) =>
  file("Package", {
    types: [
      { members: fields.map(({ name }) => `${OBJECT}.${NAMES[name]}`), name: "CustomField" },
      { members: LAYOUT, name: "Layout" },
      { members: PERMISSION_SETS.map(({ name }) => name), name: "PermissionSet" },
      { members: `${OBJECT}.${RULE}`, name: "ValidationRule" },
    ],
    version: VERSION,
  });

const TYPES: Readonly<Record<Shape["kind"], string>> = {
  choice: "Picklist",
  text: "Text",
  long: "LongTextArea",
  link: "Url",
  moment: "DateTime",
};

function field({ name, label, help, shape }: Field): Element {
  return {
    fullName: NAMES[name],
    inlineHelpText: help,
    label,
    ...("most" in shape && { length: shape.most }),
    required: false,
    type: TYPES[shape.kind],
    ...(shape.kind === "text" && { unique: false }),
    ...(shape.kind === "choice" && {
      valueSet: {
        // Deals that a former policy judges keep its words.
        restricted: false,
        valueSetDefinition: {
          sorted: false,
          value: shape.choices
            .filter(({ isOffered }) => isOffered)
            .map(({ label }) => ({ fullName: label, default: false, label })),
        },
      },
    }),
    ...(shape.kind === "long" && { visibleLines: 3 }),
  };
}

/** Deployed switched off: until something asks the gate, no deal could be closed (the guide's last step). */
function gateRule(): Element {
  const { receipt, receiptUntil } = NAMES;
  return {
    fullName: RULE,
    active: false,
    description:
      "A deal is closed as won on an answer of the stage gate that is a quarter of an hour old at most.",
    errorConditionFormula: `AND(
  IsWon,
  OR(ISNEW(), ISCHANGED(StageName)),
  OR(
    LEN(${receipt}) = 0,
    ISBLANK(${receiptUntil}),
    ${receiptUntil} < NOW(),
    ${receiptUntil} > NOW() + 16/1440
  )
)`,
    errorDisplayField: "StageName",
    errorMessage:
      "Ask the stage gate of Countersign first: no receipt of the last quarter of an hour is on this deal.",
  };
}

function permissionSet(
  { label, isEditable, says }: (typeof PERMISSION_SETS)[number],
  fields: readonly Field[],
): string {
  return file("PermissionSet", {
    description: says,
    fieldPermissions: fields.map(({ name }) => ({
      editable: isEditable,
      field: `${OBJECT}.${NAMES[name]}`,
      readable: true,
    })),
    hasActivationRequired: false,
    label,
  });
}

/** A layout of its own, which nobody is given by the deployment: to take the section from, or to assign. */
function layout(fields: readonly Field[]): string {
  const item = (behavior: string) => (name: string) => ({ behavior, field: name });
  const section = (label: string, left: Element[], right: Element[]) => ({
    customLabel: true,
    detailHeading: true,
    editHeading: true,
    label,
    layoutColumns: [{ layoutItems: left }, { layoutItems: right }],
    style: "TwoColumnsTopToBottom",
  });
  const shown = fields.map(({ name }) => NAMES[name]).map(item("Readonly"));
  const half = Math.ceil(shown.length / 2);
  return file("Layout", {
    layoutSections: [
      section(
        "Opportunity",
        [item("Required")("Name"), item("Edit")("AccountId"), item("Edit")("Amount")],
        ["CloseDate", "StageName"].map(item("Required")),
      ),
      section("Countersign", shown.slice(0, half), shown.slice(half)),
    ],
  });
}
