import { XMLParser, XMLValidator } from "fast-xml-parser";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { outcomesOf } from "@/lib/attribution/models";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { GRADES, MODELS, OUTCOMES, ROLES } from "@/lib/attribution/vocabulary";
import { GRADE_WORDS, OUTCOME_WORDS, ROLE_WORDS } from "@/lib/attribution/words";
import { BLUEPRINT_NAMES } from "@/lib/interchange/blueprint-fields";
import { WRITTEN_BACK } from "@/lib/interchange/connection";
import type { BlueprintOf } from "./fields";
import { hubspotBlueprint } from "./hubspot";
import { salesforceBlueprint } from "./salesforce";
import { zipOf } from "./zip";

const of = (policy: Policy): BlueprintOf => ({
  ...{ policy, hash: "ab".repeat(32), address: "https://countersign.test", receiptMost: 20_000 },
});
const LISTS = [
  "fields",
  "fieldPermissions",
  "types",
  "members",
  "value",
  "layoutSections",
  "layoutColumns",
  "layoutItems",
];
const parser = new XMLParser({ isArray: (name) => LISTS.includes(name), parseTagValue: false });
const read = (text: string) => parser.parse(text);
const metadata = (policy: Policy) => {
  const files = salesforceBlueprint(of(policy));
  return {
    files,
    manifest: read(files["metadata/package.xml"]!).Package,
    object: read(files["metadata/objects/Opportunity.object"]!).CustomObject,
    layout: read(files["metadata/layouts/Opportunity-Countersign.layout"]!).Layout,
    sets: Object.entries(files)
      .filter(([path]) => path.endsWith(".permissionset"))
      .map(([path, text]) => ({ path, ...read(text).PermissionSet })),
  };
};

interface CustomField {
  fullName: string;
  type: string;
  label: string;
  length?: string;
  inlineHelpText: string;
  visibleLines?: string;
  valueSet?: { restricted: string; valueSetDefinition: { value: { fullName: string; label: string }[] } };
}

describe("for Salesforce", () => {
  test.each(MODELS)("the files of %s are whole XML of the Metadata API", (model) => {
    const { files } = metadata(PRESETS[model]);
    for (const [path, text] of Object.entries(files)) {
      if (path === "README.md") continue;
      expect(XMLValidator.validate(text), path).toBe(true);
      expect(text, path).toMatch(
        /^<\?xml version="1.0" encoding="UTF-8"\?>\n<(\w+) xmlns="http:\/\/soap.sforce.com\/2006\/04\/metadata">/,
      );
    }
  });

  test("the names are such as Salesforce takes", () => {
    const { object, sets } = metadata(PRESETS.two_bucket);
    const names = [
      ...(object.fields as CustomField[]).map(({ fullName }) => fullName.replace(/__c$/, "")),
      object.validationRules.fullName as string,
      ...sets.map(({ path }) => path.split("/").at(-1)!.replace(".permissionset", "")),
    ];
    for (const name of names) {
      expect(name).toMatch(/^[A-Za-z]\w{0,39}$/);
      expect(name).not.toMatch(/__|_$/);
    }
    expect(new Set(names).size).toBe(names.length);
    for (const { label, inlineHelpText } of object.fields as CustomField[]) {
      expect(label.length).toBeLessThanOrEqual(40);
      expect(inlineHelpText.length).toBeLessThanOrEqual(510);
    }
    expect(object.validationRules.errorMessage.length).toBeLessThanOrEqual(255);
  });

  test("each kind of field says what its kind must, in the order of the schema", () => {
    const { object, files } = metadata(PRESETS.two_bucket);
    for (const { type, length, visibleLines, valueSet } of object.fields as CustomField[]) {
      expect(["Picklist", "Text", "LongTextArea", "Url", "DateTime"]).toContain(type);
      expect(valueSet !== undefined).toBe(type === "Picklist");
      expect(visibleLines !== undefined).toBe(type === "LongTextArea");
      if (type === "Text") expect(Number(length)).toBeLessThanOrEqual(255);
      if (type === "LongTextArea") expect(Number(length)).toBeGreaterThan(255);
    }
    for (const [, body] of files["metadata/objects/Opportunity.object"]!.matchAll(
      /<fields>([\s\S]*?)<\/fields>/g,
    )) {
      const elements = [...body!.matchAll(/^ {8}<(\w+)/gm)].map(([, name]) => name!);
      expect(elements[0]).toBe("fullName");
      expect(elements.slice(1)).toEqual(elements.slice(1).toSorted());
    }
  });

  test("what the connection writes back has its field, which everything else of the package names", () => {
    const { object, manifest, sets, layout } = metadata(PRESETS.two_bucket);
    const names = (object.fields as CustomField[]).map(({ fullName }) => fullName);
    for (const written of WRITTEN_BACK) expect(names).toContain(BLUEPRINT_NAMES.salesforce[written]);
    const membersOf = (type: string) =>
      manifest.types.find(({ name }: { name: string }) => name === type).members as string[];
    expect(membersOf("CustomField")).toEqual(names.map((name) => `Opportunity.${name}`));
    expect(membersOf("PermissionSet").toSorted()).toEqual(
      sets.map(({ path }) => path.split("/").at(-1)!.replace(".permissionset", "")).toSorted(),
    );
    expect(membersOf("Layout")).toEqual(["Opportunity-Countersign"]);
    expect(membersOf("ValidationRule")).toEqual([`Opportunity.${object.validationRules.fullName}`]);
    expect(manifest.types.some(({ name }: { name: string }) => name === "CustomObject")).toBe(false);
    for (const { fieldPermissions } of sets)
      expect(fieldPermissions.map(({ field }: { field: string }) => field)).toEqual(
        names.map((name) => `Opportunity.${name}`),
      );
    expect(sets.map(({ fieldPermissions }) => fieldPermissions[0].editable).toSorted()).toEqual([
      "false",
      "true",
    ]);
    const items = layout.layoutSections.flatMap(
      (section: { layoutColumns: { layoutItems: { field: string }[] }[] }) =>
        section.layoutColumns.flatMap(({ layoutItems }) => layoutItems.map(({ field }) => field)),
    );
    for (const name of names) expect(items).toContain(name);
  });

  test("the rule asks of a win for a receipt that is there and fresh, and is deployed switched off", () => {
    const { validationRules: rule } = metadata(PRESETS.two_bucket).object;
    expect(rule.active).toBe("false");
    const formula = rule.errorConditionFormula as string;
    expect(formula).toContain("IsWon");
    expect(formula).not.toContain("IsClosed");
    expect(formula).toContain("LEN(Countersign_Receipt__c) = 0");
    expect(formula).toContain("Countersign_Receipt_Until__c < NOW()");
    expect(formula.split("(").length).toBe(formula.split(")").length);
    const known = /\b(Countersign_\w+__c|StageName|IsWon)\b/;
    for (const [word] of formula.matchAll(/\b[A-Z]\w*[a-z]\w*\b/g)) expect(word).toMatch(known);
  });

  test.each(MODELS)("the picklists have the words of %s, and no other model's", (model) => {
    const fields = metadata(PRESETS[model]).object.fields as CustomField[];
    const valuesOf = (name: string) =>
      fields
        .find(({ fullName }) => fullName === name)!
        .valueSet!.valueSetDefinition.value.map(({ fullName }) => fullName);
    const given: string[] = outcomesOf(model)
      .filter((outcome) => outcome !== "assisted" || PRESETS[model].assisted)
      .map((outcome) => OUTCOME_WORDS[outcome].label);
    if (model === "lanes") given.push(OUTCOME_WORDS.unattributed.label);
    expect(valuesOf("Countersign_Outcome__c")).toEqual(given);
  });

  test("a policy that asks for more evidence, or knows assisted, has other words", () => {
    const policy = { ...PRESETS.two_bucket, assisted: true, evidence: "countersigned" as const };
    const fields = metadata(policy).object.fields as CustomField[];
    const values = fields.flatMap(
      ({ valueSet }) => valueSet?.valueSetDefinition.value.map(({ label }) => label) ?? [],
    );
    expect(values).toContain(OUTCOME_WORDS.assisted.label);
    expect(values).not.toContain(GRADE_WORDS.stated.label);
    expect(values).toContain(GRADE_WORDS.witnessed.label);
  });
});

describe("for HubSpot", () => {
  const files = hubspotBlueprint(of(PRESETS.triple_tier));
  const { inputs } = JSON.parse(files["properties.json"]!) as {
    inputs: {
      name: string;
      label: string;
      type: string;
      fieldType: string;
      groupName: string;
      options?: { value: string; hidden: boolean; displayOrder: number }[];
    }[];
  };

  test("the properties are such as HubSpot takes, each that is written back among them", () => {
    const group = JSON.parse(files["property-group.json"]!) as { name: string };
    for (const { name, type, fieldType, groupName, options } of inputs) {
      expect(name).toMatch(/^[a-z][a-z0-9_]{0,99}$/);
      expect(name).not.toMatch(/^hs_/);
      expect(groupName).toBe(group.name);
      expect({ enumeration: ["select"], string: ["text", "textarea"], datetime: ["date"] }[type]).toContain(
        fieldType,
      );
      expect(options !== undefined).toBe(type === "enumeration");
    }
    const names = inputs.map(({ name }) => name);
    for (const written of WRITTEN_BACK) expect(names).toContain(BLUEPRINT_NAMES.hubspot[written]);
    expect(new Set(names).size).toBe(names.length);
  });

  test("every value that may be written is taken, and the policy's alone are offered, in its order", () => {
    const optionsOf = (name: string) => inputs.find((one) => one.name === name)!.options!;
    const outcomes = optionsOf("countersign_outcome");
    expect(outcomes.map(({ value }) => value).toSorted()).toEqual(
      OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome].label as string).toSorted(),
    );
    expect(outcomes.filter(({ hidden }) => !hidden).map(({ value }) => value)).toEqual(
      outcomesOf("triple_tier").map((outcome) => OUTCOME_WORDS[outcome].label),
    );
    expect(optionsOf("countersign_evidence").map(({ value }) => value)).toEqual(
      GRADES.map((grade) => GRADE_WORDS[grade].label),
    );
  });

  test("a label for each role of a partner", () => {
    const labels = Object.entries(files)
      .filter(([path]) => path.startsWith("association-labels/"))
      .map(([, text]) => JSON.parse(text) as { name: string; label: string });
    expect(labels.map(({ label }) => label)).toEqual(ROLES.map((role) => ROLE_WORDS[role].label));
    for (const { name } of labels) expect(name).toMatch(/^[a-z]\w*$/);
  });
});

test("each has a guide that names its fields, the files it speaks of and where the gate is asked", () => {
  for (const [system, files] of Object.entries({
    salesforce: salesforceBlueprint(of(PRESETS.two_bucket)),
    hubspot: hubspotBlueprint(of(PRESETS.two_bucket)),
  })) {
    const guide = files["README.md"]!;
    for (const name of Object.values(BLUEPRINT_NAMES[system as "hubspot"]))
      expect(guide).toContain(`\`${name}\``);
    expect(guide).toContain("https://countersign.test/api/v1/gate-deal?dealId=");
    for (const [, path] of guide.matchAll(/-d @(\S+)/g)) expect(Object.keys(files)).toContain(path);
    expect(guide).toContain("ab".repeat(6));
  }
});

test("the same files are the same bytes, and come out as they went in", () => {
  const files = salesforceBlueprint(of(PRESETS.lanes));
  expect(zipOf(files)).toEqual(zipOf(files));
  const out = Object.entries(unzipSync(zipOf(files))).map(([path, bytes]) => [
    path,
    new TextDecoder().decode(bytes),
  ]);
  expect(Object.fromEntries(out)).toEqual(files);
});
