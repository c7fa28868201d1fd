"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether a component is drawn in the browser on its own, and not over what the server sent. */
export const useOwnDrawing = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
