import { answerBlueprint } from "@/lib/api/blueprint";
import { metered } from "@/lib/api/metered";
import { whoAsks } from "@/lib/api/who-asks";
import { currentActor } from "@/lib/auth/session";

/** What makes a CRM ready for the policy in force. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }) {
  const { file } = await params;
  return metered(request, () => answerBlueprint(file, () => whoAsks(request, currentActor)));
}

export const dynamic = "force-dynamic";
