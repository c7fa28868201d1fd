"use client";

import { useRef } from "react";
import { Button, type ButtonProps } from "./button";

/** A button that lets one choose files, with `single` one of them, or with `directory` a whole folder. */
export function FileButton({
  onFiles,
  accept,
  directory = false,
  single = false,
  ...rest
}: Omit<ButtonProps, "onPress" | "onSelect"> & {
  onFiles(files: readonly File[]): void;
  accept?: string;
  directory?: boolean;
  single?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...rest} onPress={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        multiple={!single}
        accept={accept}
        {...(directory && { webkitdirectory: "" })}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file chosen again must be heard again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
