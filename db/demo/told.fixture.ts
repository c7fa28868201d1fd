import { connect } from "../connection/client";
import { filledDatabase } from "../test-database";
import { tellDemoStory } from "./tell";

/** A database of its own with the demo story as of `today` in it, told once a run. */
export const toldStory = (today: string): Promise<{ url: string }> =>
  filledDatabase(`the demo story ${today}`, async (url) => {
    const client = connect(url, { max: 6 });
    await tellDemoStory({ client, today });
    await client.close();
  });
