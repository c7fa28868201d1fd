import { answerApi } from "@/lib/api/server";
import { gateActor } from "@/lib/auth/gate-token";
import { currentActor } from "@/lib/auth/session";

const handle = (request: Request) => answerApi(request, async () => gateActor(request) ?? currentActor());

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
