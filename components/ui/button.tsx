"use client";

import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { type ButtonLook, type ButtonSize, buttonLook } from "./button-look";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./icon";
import { say } from "./toasts";
import { Tooltip } from "./tooltip";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className"> {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: IconName;
  className?: string;
  children?: ReactNode;
}

export function Button({ look = "plain", size = "medium", icon, className, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classNames(buttonLook(look, size), className)}>
      {icon && <Icon name={icon} className={size === "small" ? "size-3.5" : undefined} />}
      {children}
    </AriaButton>
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
    <Tooltip text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classNames(
          buttonLook(look, size),
          size === "small" ? "w-6.5 px-0" : "w-8 px-0",
          className,
        )}
      >
        <Icon name={icon} />
      </AriaButton>
    </Tooltip>
  );
}

/**
 * A button that may not be pressed and says why, to a pointer, to the keyboard and to touch: it stays
 * focusable, which a disabled button would not.
 */
export function GuardedButton({ because, onPress, ...rest }: ButtonProps & { because: string | null }) {
  if (because === null) return <Button {...rest} onPress={onPress} />;
  return (
    <Tooltip text={because}>
      <Button {...rest} look="rest" aria-disabled="true" onPress={() => say(because)} />
    </Tooltip>
  );
}
