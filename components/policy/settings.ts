import { testsOf } from "@/lib/attribution/models";
import type { Policy } from "@/lib/attribution/policy";

/** What every part of a draft's settings is given: the document, and whom to tell of another. */
export interface SettingsProps {
  policy: Policy;
  onChange(policy: Policy): void;
}

/** Whether named motions decide anything under the policy's model. */
export const hasMotions = (policy: Policy) => testsOf(policy.model).includes("motion");
