import { ROLES } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { BLUEPRINT_NAMES } from "@/lib/interchange/blueprint-fields";
import { type BlueprintOf, type Field, fieldsOf, type Shape } from "./fields";
import { hubspotGuide } from "./hubspot-guide";

const GROUP = "countersign";
const NAMES = BLUEPRINT_NAMES.hubspot;

/**
 * What makes a HubSpot portal ready, as the bodies of its own calls: a group of deal properties, the properties with the
 * policy's own words, and a label of companies on deals for each role of a partner; and the guide.
 *
 * @returns the files by their paths
 */
export function hubspotBlueprint(of: BlueprintOf): Record<string, string> {
  const fields = fieldsOf(of);
  const labels = ROLES.map((role) => ({ name: `${GROUP}_${role}`, label: ROLE_WORDS[role].label }));
  return {
    "README.md": hubspotGuide(of, fields, labels),
    "property-group.json": json({ name: GROUP, label: "Countersign", displayOrder: -1 }),
    "properties.json": json({ inputs: fields.map(property) }),
    ...Object.fromEntries(
      labels.map((label) => [`association-labels/${label.name}.json`, json(label)] as const),
    ),
  };
}

const json = (body: object): string => `${JSON.stringify(body, null, 2)}\n`;

const TYPES: Readonly<Record<Shape["kind"], { type: string; fieldType: string }>> = {
  choice: { type: "enumeration", fieldType: "select" },
  text: { type: "string", fieldType: "text" },
  long: { type: "string", fieldType: "textarea" },
  link: { type: "string", fieldType: "text" },
  moment: { type: "datetime", fieldType: "date" },
};

function property({ name, label, help, shape }: Field): object {
  return {
    ...{ name: NAMES[name], label, description: help, groupName: GROUP, ...TYPES[shape.kind] },
    ...(shape.kind === "choice" && {
      // HubSpot takes no value that is not listed: those of a former policy are, and are not offered.
      options: shape.choices.map(({ label, definition, isOffered }, displayOrder) => ({
        ...{ label, value: label, description: definition, displayOrder, hidden: !isOffered },
      })),
    }),
  };
}
