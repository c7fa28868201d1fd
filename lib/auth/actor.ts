import type { UsedKey } from "./key-scopes";
import type { UserRole } from "./roles";

/** Who asks: a signed-in person, or the operator of a command line with the database's address. */
export interface Actor {
  /** As the audit log names it: `user:U-1`, `command-line`. */
  id: string;
  /** users.id; null for the command line. */
  userId: string | null;
  name: string;
  role: UserRole;
  /** What the CRM calls this person as a deal's owner; null when they own none. */
  ownerName: string | null;
  /** Of the demo story, with a password that everybody can read. */
  demo?: boolean;
  /** Whether their password is one that nobody else could know (users.password_own); absent is no. */
  ownPassword?: boolean;
  /** Whether they hold a passkey that counts for a signature (users.passkey_own); absent is no. */
  ownPasskey?: boolean;
  /** The session that brought them; absent where none did. */
  sessionId?: string;
  /** The key to the API that brought them, which opens a part of what they may; absent where none did. */
  key?: UsedKey;
}

/** The operator at a command line: may what RevOps may (§9 admin). */
export const COMMAND_LINE: Actor = {
  id: "command-line",
  userId: null,
  name: "Command line",
  role: "admin",
  ownerName: null,
};

/** What the house does by itself when its time has come, as taking a week's forecast. */
export const THE_HOUSE: Actor = {
  id: "system:house",
  userId: null,
  name: "Countersign",
  role: "admin",
  ownerName: null,
};

/** Whoever stands at the door and is not let in: the security log names them so. Of the role that may least. */
export const STRANGER: Actor = {
  id: "stranger",
  userId: null,
  name: "Somebody not signed in",
  role: "auditor",
  ownerName: null,
};

/** A CRM that asks the stage gate before it closes a deal (§8.3): it reads that one answer and nothing else. */
export const CRM_GATE: Actor = {
  id: "crm-gate",
  userId: null,
  name: "The CRM",
  role: "auditor",
  ownerName: null,
};

/** A frame in the CRM with a deal's panel (§8.3): it reads that one answer and nothing else. */
export const DEAL_PANEL: Actor = {
  id: "deal-panel",
  userId: null,
  name: "A deal's panel in the CRM",
  role: "auditor",
  ownerName: null,
};

/** Whoever holds the link to a partner's statement: it reads that one answer and nothing else. */
export const PARTNER_LINK: Actor = {
  id: "partner-link",
  userId: null,
  name: "The holder of a partner's link",
  role: "auditor",
  ownerName: null,
};

/** A mailbox or a recorder of calls that sends what it has (§8.2): it hands files in and does nothing else. */
export const EVIDENCE_SENDER: Actor = {
  id: "evidence-sender",
  userId: null,
  name: "The mailbox",
  role: "partner_manager",
  ownerName: null,
};

/** What a person's row says of them as who acts. */
export function actorOfUser(user: {
  id: string;
  name: string;
  role: UserRole;
  ownerName: string | null;
  demo: boolean;
  passwordOwn: boolean;
  passkeyOwn: boolean;
}): Actor {
  const { id, name, role, ownerName, demo, passwordOwn, passkeyOwn } = user;
  const signsBy = { ownPassword: passwordOwn && !demo, ownPasskey: passkeyOwn && !demo };
  return { id: `user:${id}`, userId: id, name, role, ownerName, demo, ...signsBy };
}

/** What the house keeps of a model's reading of evidence (§8.2). */
export const MODEL_READER: Actor = {
  id: "system:model-reader",
  userId: null,
  name: "The model",
  role: "admin",
  ownerName: null,
};
