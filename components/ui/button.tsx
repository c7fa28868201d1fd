"use client";

import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./icon";
import { Tooltip } from "./tooltip";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover pressed:bg-accent-hover",
  plain: "border border-line-strong bg-surface text-ink hover:bg-hover pressed:bg-hover",
  quiet: "text-ink-2 hover:bg-hover hover:text-ink pressed:bg-hover",
  danger: "bg-danger-solid text-on-danger hover:opacity-90",
} as const;

const SIZES = {
  small: "h-6.5 gap-1 rounded-md px-2 text-xs",
  medium: "h-8 gap-1.5 rounded-md px-3 text-sm",
} as const;

/** The look of a button, for links that must stay links. */
export function buttonLook(look: keyof typeof LOOKS = "plain", size: keyof typeof SIZES = "medium"): string {
  return classNames(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap font-medium transition-colors",
    "disabled:opacity-50",
    SIZES[size],
    LOOKS[look],
  );
}

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className"> {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
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
 * A button that may not be pressed and says why: it stays focusable and reads its reason, which a
 * disabled button would keep from the keyboard.
 */
export function GuardedButton({ because, onPress, ...rest }: ButtonProps & { because: string | null }) {
  if (because === null) return <Button {...rest} onPress={onPress} />;
  return (
    <Tooltip text={because}>
      <Button
        {...rest}
        look={rest.look === "primary" ? "plain" : rest.look}
        aria-disabled="true"
        className={classNames(rest.className, "cursor-not-allowed text-ink-3")}
        onPress={() => {}}
      />
    </Tooltip>
  );
}
