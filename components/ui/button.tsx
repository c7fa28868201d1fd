"use client";

import type { ComponentProps, ReactNode } from "react";
import { type ButtonLook, type ButtonSize, buttonLook } from "./button-look";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./icon";
import { SAID_MS, speak } from "./spoken";
import { Tooltip } from "./tooltip";

type NativeButton = Omit<ComponentProps<"button">, "children" | "className" | "disabled" | "onClick">;

export interface ButtonProps extends NativeButton {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: IconName;
  isDisabled?: boolean;
  /** Its work is under way: it keeps the focus and takes no second press. */
  isPending?: boolean;
  onPress?(): void;
  className?: string;
  children?: ReactNode;
}

/** The browser's own button: no library's script is needed to press one. */
function Press({ isDisabled, isPending, onPress, ...rest }: Omit<ButtonProps, "look" | "size" | "icon">) {
  return (
    <button
      type="button"
      {...rest}
      disabled={isDisabled}
      aria-disabled={isPending || rest["aria-disabled"] || undefined}
      onClick={(event) => {
        // A pending submit would send its form again.
        if (isPending) event.preventDefault();
        else onPress?.();
      }}
    />
  );
}

export function Button({ look = "plain", size = "medium", icon, className, children, ...rest }: ButtonProps) {
  return (
    <Press {...rest} className={classNames(buttonLook(look, size), className)}>
      {icon && <Icon name={icon} className={size === "small" ? "size-3.5" : undefined} />}
      {children}
    </Press>
  );
}

/** A button that is only a glyph: its label is its name and its tooltip. */
export function IconButton({
  label,
  icon,
  keys,
  size = "medium",
  look = "quiet",
  className,
  ...rest
}: Omit<ButtonProps, "children" | "icon"> & { label: string; icon: IconName; keys?: string }) {
  return (
    <Tooltip text={label} keys={keys} names>
      <Press
        {...rest}
        aria-label={label}
        className={classNames(
          buttonLook(look, size),
          size === "small"
            ? "w-6.5 px-0 pointer-coarse:w-10 pointer-coarse:px-0"
            : "w-8 px-0 pointer-coarse:w-10",
          className,
        )}
      >
        <Icon name={icon} />
      </Press>
    </Tooltip>
  );
}

/** What a guard answers: nothing stands in the way (`true`, `null`), or why not in words. */
export type Guard = true | string | null;

/**
 * A button that says why when it may not be pressed, to a pointer, to the keyboard and to touch: it stays
 * focusable, which a disabled button would not.
 */
export function GuardedButton({ because, onPress, ...rest }: ButtonProps & { because: Guard }) {
  if (typeof because !== "string") return <Button {...rest} onPress={onPress} />;
  return (
    <Tooltip text={because}>
      <Button
        {...rest}
        type="button"
        look="rest"
        aria-disabled="true"
        onPress={() => speak({ message: because, ms: SAID_MS })}
      />
    </Tooltip>
  );
}
