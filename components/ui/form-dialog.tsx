"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { Button, type ButtonProps } from "./button";
import { Dialog, type DialogProps } from "./dialog";
import { Form, type FormProps, type Submitted } from "./form";
import { Kbd } from "./kbd";

interface FramedProps extends Omit<FormProps, "form" | "id" | "foot"> {
  form: Submitted;
  title: string;
  onClose(): void;
  /** What the button that saves says. */
  save: ReactNode;
}

/**
 * A form in a dialog: Enter saves, Escape closes, a click beside it closes only what nobody has changed.
 * It stays until the write is done: what was filled in is there to be put right. Made by `useForm`.
 */
export function FormDialog({
  form,
  title,
  onClose,
  save,
  look = "primary",
  icon,
  notes,
  width,
  more,
  beside,
  ...rest
}: FramedProps &
  Pick<DialogProps, "notes" | "width"> &
  Pick<ButtonProps, "look" | "icon"> & {
    /** Another button before the one that saves. */
    more?: (formId: string) => ReactNode;
    /** Below the form and no part of it. */
    beside?: ReactNode;
  }) {
  const id = useId();
  return (
    <Dialog
      title={title}
      width={width}
      isOpen
      onClose={onClose}
      isDismissable={!form.isDirty}
      notes={notes}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          {more?.(id)}
          <Button
            look={look}
            icon={icon}
            type="submit"
            form={id}
            isDisabled={!form.ready}
            isPending={form.isPending}
          >
            {save}
          </Button>
        </>
      }
    >
      <Form {...rest} form={form} id={id} />
      {beside}
    </Dialog>
  );
}

/** A form in its place on the page, which somebody has just asked for: Enter saves, Escape goes back. */
export function FormPanel({
  form,
  title,
  note,
  onClose,
  save,
  focus,
  children,
  ...rest
}: FramedProps & {
  /** What it does, after its title. */
  note: string;
  /** Selects the control that has the focus at first. */
  focus: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>(focus)?.focus(), [focus]);
  const heard = (event: KeyboardEvent<HTMLFormElement>) => {
    const isText = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && isText && !event.shiftKey && !event.nativeEvent.isComposing)
      event.currentTarget.requestSubmit();
    else return;
    event.preventDefault();
  };
  return (
    <div ref={box}>
      <Form
        {...rest}
        form={form}
        label={title}
        onKeyDown={heard}
        className="flex flex-col gap-2.5"
        foot={
          <div className="flex flex-wrap items-center justify-end gap-2">
            <span className="mr-auto hidden text-ink-3 text-xs sm:inline">
              <Kbd keys="Enter" /> saves, <Kbd keys="Esc" /> goes back
            </span>
            <Button onPress={onClose}>Back</Button>
            <Button type="submit" look="primary" isPending={form.isPending} isDisabled={!form.ready}>
              {save}
            </Button>
          </div>
        }
      >
        <p>
          <span className="font-semibold">{title}.</span> <span className="text-ink-2">{note}</span>
        </p>
        {children}
      </Form>
    </div>
  );
}
