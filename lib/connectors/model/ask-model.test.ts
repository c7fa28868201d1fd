import { afterEach, beforeEach, expect, test } from "vitest";
import { askModel, bodyFor } from "./ask-model";
import { type ModelFault, StandInModel } from "./stand-in.fixture";

let model: StandInModel;
beforeEach(async () => {
  model = await new StandInModel().open();
});
afterEach(() => model.close());

const ALLOWED = { toPrivate: true, wholeMs: 300 };
const ask = (options: Parameters<typeof askModel>[2] = ALLOWED, address = `${model.address}/v1/`) => {
  const place = { address, model: "small", key: "sk-1" };
  return askModel(place, bodyFor(place, [{ role: "user", content: "hello" }]), options);
};

test("it is asked below its address with its key, for JSON and without chance", async () => {
  model.says = () => "hi";
  expect(await ask()).toEqual({ said: "hi" });
  expect(model.asked).toEqual(["/v1/chat/completions"]);
  expect(model.keys).toEqual(["Bearer sk-1"]);
  expect(JSON.parse(model.bodies[0]!)).toEqual({
    ...{ model: "small", temperature: 0, response_format: { type: "json_object" } },
    messages: [{ role: "user", content: "hello" }],
  });
});

test.each<[ModelFault, string, boolean]>([
  ["half", "The model's answer was cut", false],
  ["cut", "The model's answer was cut", false],
  ["silent", "The model did not answer within 0.3 seconds", false],
  ["busy", "The model's address answered 503: try later", false],
  ["refused", 'The model\'s address answered 401: {"error":"no such key"}', true],
  ["shapeless", "The model's address answered in no shape of chat completions", false],
])("an answer that is %s is said in words", async (fault, problem, isFinal) => {
  model.fault = fault;
  expect(await ask()).toEqual({ problem, isFinal });
});

test("a private address is asked nothing unless that is allowed, by its number and by its name", async () => {
  const options = { toPrivate: false };
  expect(await ask(options)).toMatchObject({ problem: "The model's address must be encrypted, https://…" });
  const { port } = new URL(model.address);
  expect(await ask(options, `https://127.0.0.1:${port}/v1`)).toMatchObject({
    problem: "The model's address must not lie in a private network",
    isFinal: true,
  });
  expect(await ask(options, `https://localhost:${port}/v1`)).toMatchObject({
    problem: "The model's address leads into a private network",
    isFinal: true,
  });
  expect(model.asked).toEqual([]);
});
