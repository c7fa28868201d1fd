import { JOBS } from "./reading-jobs";
import { type Line, serve } from "./reading-protocol";

serve(globalThis as unknown as Line, JOBS);
