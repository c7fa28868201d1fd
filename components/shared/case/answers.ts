import type { Outputs } from "@/lib/api/client";

/** One line of the log. */
export type ExceptionLine = Outputs["exceptionsList"]["rows"][number];
/** A case with all that its decision needs. */
export type ExceptionDetail = Outputs["exception"];
export type Possible = ExceptionDetail["possible"][number];
export type Effect = Possible["before"];
export type Vote = ExceptionLine["votes"][number];
/** What a vote or a possible decision says, without its reason. */
export type Choice = Pick<Vote, "decision" | "partner" | "outcome">;
export type Kind = ExceptionLine["kind"];
export type State = ExceptionLine["state"];
export type Decision = Vote["decision"];
export type Side = Vote["side"];
