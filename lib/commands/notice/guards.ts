import type { Guard } from "../guard";

/** A notice and how it stands. */
export interface OfNotice {
  toId: string;
  toName: string;
  state: "waiting" | "sent" | "unwanted" | "no_way" | "failed";
  attempts: number;
}

/** Whom it is for may have it tried again; an admin, any. */
export const mayResendNotice: Guard<OfNotice> = {
  may: "notice.resend",
  own: ({ userId }, { toId }) => userId === toId || "An admin has other people's notices sent again",
  when: ({ state, attempts, toName }) => {
    if (state === "sent") return "It was sent";
    if (state === "unwanted") return `${toName} wanted none of this kind`;
    return state !== "waiting" || attempts > 0 || "It goes by itself, a minute after what it tells of";
  },
};

/** Where chat notices are posted. */
export const mayKeepChannel: Guard<unknown> = { may: "settings.edit" };
