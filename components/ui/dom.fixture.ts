import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A loaded machine is slow and not wrong: what is waited for has nearly as long as the test itself.
configure({ asyncUtilTimeout: 20_000 });
afterEach(cleanup);
