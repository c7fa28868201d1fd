import { metered } from "@/lib/api/metered";
import { answerApi } from "@/lib/api/server";
import { whoAsks } from "@/lib/api/who-asks";
import { currentActor } from "@/lib/auth/session";

const handle = (request: Request) =>
  metered(request, () => answerApi(request, () => whoAsks(request, currentActor)));

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
