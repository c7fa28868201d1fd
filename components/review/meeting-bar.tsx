"use client";

import Link from "next/link";
import { PolicyState } from "@/components/shared/policy-state";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton, IconButton } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Chip } from "@/components/ui/chip";
import { Icon } from "@/components/ui/icon";
import { Mark } from "@/components/ui/mark";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { Tooltip } from "@/components/ui/tooltip";
import { dayInWords, spanInWords } from "@/lib/text/days";
import type { ReviewAnswer } from "./answers";
import type { Place } from "./use-meeting";

/** Which quarter, who drives, and the few things that are about the meeting itself. */
export function MeetingBar({
  review,
  place,
  isMinuting,
  onMinutes,
  onKeys,
}: {
  review: ReviewAnswer;
  place: Place;
  isMinuting: boolean;
  onMinutes(): void;
  onKeys(): void;
}) {
  const { quarter, state, meeting, seal, may } = review;
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b bg-sunken px-3 py-2">
      <Mark />
      <p className="font-semibold">
        Review of <span className="tabular">{quarter.label}</span>
      </p>
      <span className="tabular text-ink-3 text-xs max-md:hidden">{spanInWords(quarter)}</span>
      {seal ? (
        <Chip tone="accent">
          <Icon name="lock" className="size-3" />
          Frozen
        </Chip>
      ) : (
        (state === "under_way" || state === "not_begun") && (
          <Chip tone="quiet">{state === "under_way" ? "Under way" : "Not begun"}</Chip>
        )
      )}
      <span className="flex max-xl:hidden">
        <PolicyState policy={review.policy} span={quarter} />
      </span>
      <div className="ml-auto flex flex-wrap items-center gap-1.5">
        {!seal && meeting && <Driver review={review} place={place} />}
        {meeting && may.writeMinutes === true && (
          <Button
            size="small"
            look={isMinuting ? "plain" : "quiet"}
            icon="note"
            aria-pressed={isMinuting}
            onPress={onMinutes}
          >
            Minutes
          </Button>
        )}
        <Tooltip text="The screen for the room, in a window of its own; it follows the facilitator">
          <Link
            href={`/review/${quarter.label}?present=true`}
            target="_blank"
            className={buttonLook("quiet", "small")}
          >
            <Icon name="monitor" className="size-3.5" />
            Present
          </Link>
        </Tooltip>
        <IconButton label="Keys" icon="info" keys="?" size="small" onPress={onKeys} />
        <ThemeToggle />
        <Leave />
      </div>
    </header>
  );
}

/** Who leads, and a way to follow or to take over. */
function Driver({ review: { meeting, may }, place }: { review: ReviewAnswer; place: Place }) {
  const name = meeting?.facilitator?.name ?? "Nobody";
  if (place.isDriving)
    return (
      <span className="flex items-center gap-1.5 px-1 text-xs">
        <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
        You lead; everybody follows
      </span>
    );
  return (
    <>
      {place.isFollowing ? (
        <span className="flex items-center gap-1.5 px-1 text-ink-2 text-xs">
          <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
          Following {name}
        </span>
      ) : (
        <Button size="small" onPress={place.follow}>
          Follow {name}
        </Button>
      )}
      {may.drive === true && (
        <Button size="small" look="quiet" onPress={place.takeOver}>
          Take over
        </Button>
      )}
    </>
  );
}

const Leave = () => (
  <Tooltip text="Leave the review" names>
    <Link
      href="/review"
      aria-label="Leave the review"
      className={`${buttonLook("quiet", "small")} w-6.5 px-0!`}
    >
      <Icon name="close" />
    </Link>
  </Tooltip>
);

/** Before it begins: anybody may look, somebody starts it. */
export function StartLine({ review }: { review: ReviewAnswer }) {
  const start = useWrite("startReview", {
    said: ({ answer }) => (answer.started ? null : "Somebody else started it just now; you are in it"),
  });
  const { may, quarter, state, meeting, seal } = review;
  if (meeting || seal) return null;
  return (
    <section
      aria-label="Not started yet"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b bg-accent-soft px-4 py-2 text-accent-ink"
    >
      {state === "not_begun" ? (
        <p>
          {quarter.label} has not begun: its first day is {dayInWords(quarter.from)}. It is reviewed once it
          is over.
        </p>
      ) : (
        <>
          <p>
            The review of {quarter.label} has not been started. Look around; whoever starts it leads, and the
            others follow.
          </p>
          <GuardedButton
            look="primary"
            because={may.start}
            isPending={start.isPending}
            onPress={() => start.mutate({ quarter: quarter.label })}
          >
            Start the review
          </GuardedButton>
        </>
      )}
    </section>
  );
}
