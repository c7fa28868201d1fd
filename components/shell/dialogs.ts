import { onDemand } from "@/components/ui/on-demand";

// The features whose dialogs open from every page: nothing else of the shell knows a feature.

export const MakingDialog = onDemand(() =>
  import("@/components/records/making-dialog").then((m) => m.MakingDialog),
);
export const LogActivityDialog = onDemand(() =>
  import("@/components/activity/log-activity-dialog").then((m) => m.LogActivityDialog),
);
export const AcceptProposalDialog = onDemand(() =>
  import("@/components/activity/accept-proposal-dialog").then((m) => m.AcceptProposalDialog),
);
