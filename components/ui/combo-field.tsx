"use client";

import { type ContextType, type KeyboardEvent, type ReactNode, useContext, useEffect, useRef } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox, ComboBoxStateContext } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { flushSync } from "react-dom";
import { FieldLabel, FieldNotes } from "./aria-field";
import { classNames } from "./class-names";
import { ComboList } from "./combo-list";
import { exactly, type Found } from "./combo-match";
import { CONTROL } from "./field";
import { Icon } from "./icon";
import { OPTION } from "./popover";
import { type Combo, type ComboOptions, useCombo } from "./use-combo";

export interface ComboFieldProps extends ComboOptions {
  label: string;
  labelHidden?: boolean;
  placeholder?: string;
  note?: ReactNode;
  /** `focus` opens the list at once; `input` waits for typing, so that Enter can submit what is prefilled. */
  opens?: "focus" | "input";
  /** Offers to make what the text names and nothing is called. */
  create?: {
    /** “Add partner ‘Acme’”. */
    label(text: string): string;
    /** Makes it, by whatever way; null when nothing was made. */
    make(text: string): Promise<Found | null>;
  };
  autoFocus?: boolean;
  isDisabled?: boolean;
  className?: string;
}

/** The option that makes something new: no id of anything. */
const CREATE = "\u0000create";

/**
 * Finds one thing by typing; loaded when one is shown. React Aria holds the list and the screen reader's
 * side of it; the text is `useCombo`'s alone, so that no commit of the list's ever writes over it.
 */
export function ComboField(props: ComboFieldProps) {
  const { label, labelHidden, value, note, create, isDisabled, autoFocus, className } = props;
  const combo = useCombo(props);
  const options = withCreate(combo, create);
  const choose = (id: string) => {
    const found = combo.shown.find((one) => one.id === id);
    if (found) combo.take(found);
    else if (create && id === CREATE)
      void create.make(combo.text.trim()).then((made) => made && combo.take(made));
  };
  return (
    <AriaComboBox
      items={options}
      inputValue={combo.text}
      value={combo.isOpenText ? null : value}
      // Null is the list's own commit of a text that is none of its options.
      onChange={(key) => key !== null && key !== value && choose(String(key))}
      menuTrigger="manual"
      allowsCustomValue
      allowsEmptyCollection
      isInvalid={Boolean(combo.problem)}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      className={classNames("flex min-w-0 flex-col gap-1", className)}
    >
      <FieldLabel hidden={labelHidden}>{label}</FieldLabel>
      <Typed {...props} combo={combo} choose={choose} />
      <FieldNotes note={note} problem={combo.problem} />
      <ComboList>
        <ListBox<Found>
          className="max-h-72 overflow-auto p-1 outline-none"
          renderEmptyState={() => <p className="px-2 py-1.5 text-ink-3">{combo.emptyWords}</p>}
        >
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.name} className={OPTION}>
              {item.id === CREATE && <Icon name="plus" className="size-3.5 text-ink-3" />}
              <span className="min-w-0 flex-1 truncate">{item.name}</span>
              {item.detail && <span className="shrink-0 text-ink-3 text-xs">{item.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
        {combo.more > 0 && (
          <p className="border-line border-t px-3 py-1.5 text-ink-3 text-xs">
            {combo.more} more: type on to find them.
          </p>
        )}
      </ComboList>
    </AriaComboBox>
  );
}

/** What is found, and below it, once that is known, the way to make what nothing is called yet. */
function withCreate(
  { shown, isOpenText, isKnown, text }: Combo,
  create: ComboFieldProps["create"],
): readonly Found[] {
  if (!create || !isOpenText || !isKnown || exactly(shown, text).length > 0) return shown;
  return [...shown, { id: CREATE, name: create.label(text.trim()) }];
}

interface TypedProps extends Pick<ComboFieldProps, "opens" | "placeholder" | "noun"> {
  combo: Combo;
  choose(id: string): void;
}

/** Nothing where React Aria only counts the options: there is no list yet. */
function Typed(props: TypedProps) {
  const list = useContext(ComboBoxStateContext);
  return list && <TypedInto {...props} list={list} />;
}

function TypedInto({ list, opens = "focus", placeholder, noun, ...rest }: TypedProps & { list: List }) {
  const { combo } = rest;
  const { heard, typing, leave } = useHeard({ list, ...rest });
  const input = useRef<HTMLInputElement>(null);
  // What is put into a field that somebody stands in already, a guess that comes late, is typed over like the rest.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at every text that is not somebody's own
  useEffect(() => {
    if (!combo.isOpenText && document.activeElement === input.current) input.current?.select();
  }, [combo.text, combo.isOpenText]);
  return (
    <div className="relative" onKeyDownCapture={heard}>
      <Input
        ref={input}
        placeholder={placeholder}
        data-noun={noun}
        data-unsettled={combo.isOpenText || undefined}
        onFocus={(event) => {
          // An option that is held and let go of gives the focus back, as if it had been away.
          if (list.isFocused) return;
          event.currentTarget.select();
          if (opens === "focus") list.open(null, "focus");
        }}
        onBlur={(event) => !event.relatedTarget?.closest("[role=listbox]") && leave()}
        onChange={(event) => {
          typing();
          combo.type(event.currentTarget.value);
          if (!list.isOpen) list.open(null, "input");
        }}
        className={classNames(CONTROL, "pr-8")}
      />
      <Button className="absolute inset-y-0 right-0 flex w-8 items-center justify-center text-ink-3">
        <Icon name="chevronDown" className="size-3.5" />
      </Button>
    </div>
  );
}

type List = NonNullable<ContextType<typeof ComboBoxStateContext>>;
const MOVES = ["ArrowDown", "ArrowUp", "PageDown", "PageUp"];

/** Holds out the first match, and knows what Enter, Tab and Escape mean to the text. */
function useHeard({ list, combo, choose }: { list: List; combo: Combo; choose(id: string): void }) {
  const { isOpen, selectionManager: held } = list;
  /** Whether what is held was gone to by hand since the text last changed. */
  const byHand = useRef(false);
  const first = combo.isOpenText ? combo.shown[0]?.id : undefined;
  useEffect(() => {
    if (isOpen && first !== undefined && held.focusedKey === null) held.setFocusedKey(first);
  });
  const shut = () => {
    held.setFocusedKey(null);
    if (isOpen) list.close();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each that is taken, by whatever hand
  useEffect(() => {
    if (combo.takes > 0) shut();
  }, [combo.takes]);

  const leave = () => {
    const chosen = isOpen && byHand.current ? held.focusedKey : null;
    byHand.current = false;
    if (chosen === null) return combo.settle();
    choose(String(chosen));
    return "taken";
  };
  const escaped = () => {
    const didRestore = combo.restore();
    shut();
    return didRestore || isOpen;
  };
  const entered = (isSubmit: boolean) => {
    let done = "settled" as ReturnType<typeof leave>;
    // At once: whoever hears this Enter next finds the list shut and the text settled.
    flushSync(() => {
      done = leave();
      if (done !== "missed" || combo.shown.length === 0) shut();
    });
    return done === "missed" || (done === "taken" && !isSubmit);
  };
  const heard = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    const isMine = key === "Escape" ? escaped() : key === "Enter" && entered(event.metaKey || event.ctrlKey);
    if (isMine) {
      event.preventDefault();
      event.stopPropagation();
    } else if (key === "Tab") {
      leave();
      // The list commits what it holds as the Tab goes on: by now nothing.
      held.setFocusedKey(null);
    } else if (MOVES.includes(key)) byHand.current = true;
  };
  const typing = () => {
    byHand.current = false;
  };
  return { heard, typing, leave };
}
