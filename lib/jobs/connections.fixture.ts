import { sql } from "drizzle-orm";
import { newSecretKey } from "@/lib/auth/sealed-secrets";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { acceptConnection } from "@/lib/commands/connection/accept-connection";
import { askConnection } from "@/lib/commands/connection/ask-connection";
import { createConnection } from "@/lib/commands/connection/create-connection";
import { editConnection } from "@/lib/commands/connection/edit-connection";
import type { ConnectionSystem } from "@/lib/interchange/connection";
import { taken } from "./connection-taken";
import { attend } from "./sync-connections";

process.env.SECRET_KEYS ??= JSON.stringify([newSecretKey()]);

/** A company with a connection, and ways to have it read. */
export class Connected {
  private constructor(
    readonly company: Company,
    readonly connectionId: string,
  ) {}

  /** Named, tested, translated, tried and switched on, as an admin does it. */
  static async open(
    system: ConnectionSystem,
    address: string,
    secrets: object,
    settings: object,
  ): Promise<Connected> {
    const company = await openCompany();
    const made = { system, name: "The CRM", address, secrets };
    const { connectionId } = await company.as("rita", createConnection, made);
    const self = new Connected(company, connectionId as string);
    await self.turns();
    await self.edit(settings);
    await self.ask("rehearse");
    await self.turns();
    await self.edit({ on: true });
    return self;
  }

  edit = (changes: object) =>
    this.company.as("rita", editConnection, { connectionId: this.connectionId, changes });
  ask = (ask: string) => this.company.as("rita", askConnection, { connectionId: this.connectionId, ask });
  accept = () => this.company.as("fay", acceptConnection, { connectionId: this.connectionId, accept: true });

  /** Turn after turn until nothing is due: as many as told at the most. */
  async turns(most = 20): Promise<void> {
    for (let nth = 0; nth < most; nth++) {
      const one = await taken(this.company.client);
      if (!one) return;
      await attend(this.company.client, one, TODAY);
    }
  }

  /** A sync from beginning to end. */
  async sync(): Promise<void> {
    await this.ask("sync");
    await this.turns();
    const [{ problem }] = (await this.rows<{ problem: string | null }>(
      sql`select problem from connections`,
    )) as [{ problem: string | null }];
    if (problem !== null) throw new Error(problem);
  }

  async rows<R extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<R[]> {
    return [...(await this.company.client.db.execute<R>(query))] as R[];
  }

  /** All that the connection brought, as it stands. */
  async facts(): Promise<unknown[]> {
    return this.rows(sql`
      select 'deal' as kind, id, concat_ws(' ', owner, amount, currency, type, outcome, account_id, created_on, amended_on) as says
        from deals
      union all select 'stage', deal_id || '#' || seq, stage || ' ' || entered_on from stage_entries
      union all select 'role', id, concat_ws(' ', deal_id, partner_id, role, touch_stage, touched_on, confirmed_on)
        from role_rows
      union all select 'change', key, concat_ws(' ', deal_id, field, before, after) from deal_changes
      union all select 'account', id, name from accounts union all select 'partner', id, name from partners
      order by 1, 2`);
  }

  close = () => this.company.close();
}
