export interface KeyHelp {
  keys: string;
  does: string;
}

/** What `?` shows. */
export const KEY_HELP: readonly { title: string; keys: readonly KeyHelp[] }[] = [
  {
    title: "Anywhere",
    keys: [
      { keys: "⌘ K", does: "Find and do everything" },
      { keys: "G I", does: "Go to the inbox" },
      { keys: "G D", does: "Go to deals" },
      { keys: "G W", does: "Go to evidence" },
      { keys: "G T", does: "Go to partners" },
      { keys: "G A", does: "Go to accounts" },
      { keys: "G Q", does: "Go to registrations" },
      { keys: "C", does: "Make a deal, partner, account, registration or activity" },
      { keys: "G N", does: "Go to the dashboard's numbers" },
      { keys: "G F", does: "Go to the forecast" },
      { keys: "G V", does: "Go to attached versus direct" },
      { keys: "G P", does: "Go to the policy" },
      { keys: "G L", does: "Go to the four lenses" },
      { keys: "G E", does: "Go to the exceptions log" },
      { keys: "G O", does: "Go to the month's reconciliation" },
      { keys: "G R", does: "Go to the quarterly review" },
      { keys: "G M", does: "Go to import" },
      { keys: "G S", does: "Go to settings" },
      { keys: "A", does: "Log an activity" },
      { keys: "⌘ P", does: "Print; a list, all its rows up to a thousand" },
      { keys: "⌘ Z", does: "Take back what you wrote last" },
      { keys: "?", does: "Show these keys" },
    ],
  },
  {
    title: "In the inbox",
    keys: [
      { keys: "J", does: "Next item" },
      { keys: "K", does: "Previous item" },
      { keys: "Enter", does: "Open its deal, or its cases" },
      { keys: "Y", does: "Yes: approve, confirm, vouch, responded, done or go on" },
      { keys: "R", does: "Reject or refuse, with the reason" },
      { keys: "T", does: "Name the partner's role" },
      { keys: "N", does: "No partner involved" },
      { keys: "P", does: "Add the proof" },
      { keys: "A", does: "Log an activity of its partner on its deal" },
      { keys: "F", does: "Start the selling play of a silent partner" },
      { keys: "S", does: "Put it off until a day, or have it back" },
      { keys: "D", does: "Give it to somebody" },
    ],
  },
  {
    title: "Evidence",
    keys: [
      { keys: "J", does: "Next suggestion" },
      { keys: "K", does: "Previous suggestion" },
      { keys: "E", does: "Accept it: it is logged, with the file as its proof" },
      { keys: "W", does: "Change it before it is logged" },
      { keys: "D", does: "Dismiss it" },
    ],
  },
  {
    title: "In the list of deals",
    keys: [
      { keys: "J", does: "Next row" },
      { keys: "K", does: "Previous row" },
      { keys: "Enter", does: "Open the row" },
      { keys: "/", does: "Filter" },
      { keys: "Space", does: "Look at it beside the list; J and K go on, Escape closes" },
      { keys: "T", does: "Tag a partner, on all selected when some are" },
      { keys: "1 – 4", does: "Choose the role, while tagging" },
      { keys: "N", does: "No partner involved, on all selected when some are" },
      { keys: "E", does: "Raise an exception, about each selected when some are" },
      { keys: "X", does: "Select the row; ⇧ with arrows selects several" },
      { keys: "⌘ A", does: "Select every row that is loaded" },
    ],
  },
  {
    title: "On a deal",
    keys: [
      { keys: "T", does: "Tag a partner" },
      { keys: "A", does: "Log an activity" },
      { keys: "S", does: "Plan a next joint step" },
      { keys: "W", does: "Why: go to the verdict" },
      { keys: "E", does: "Raise an exception" },
    ],
  },
  {
    title: "Exceptions",
    keys: [
      { keys: "E", does: "Raise one" },
      { keys: "R", does: "Review the quarter" },
      { keys: "1 – 3", does: "Decide the open case: rule upheld, ruling, learning" },
      { keys: "4", does: "Decide as the other side did" },
      { keys: "D", does: "Defer the open case" },
      { keys: "W", does: "Withdraw the open case, when you raised it" },
      { keys: "X", does: "Select a case, or of a kind all that wait for you" },
      { keys: "⇧ X", does: "Select from the last to this one; ⇧ with arrows as well" },
      { keys: "⌘ A", does: "Select everything that is shown" },
      { keys: "→ ←", does: "Open or close the cases of a kind" },
      { keys: "1 – 4", does: "Decide all that are selected, with one reason" },
      { keys: "O", does: "Give the selected ones an owner" },
      { keys: "D", does: "Defer the selected ones" },
    ],
  },
  {
    title: "Reconciliation",
    keys: [
      { keys: "Y", does: "Do what is suggested for the deal" },
      { keys: "S", does: "Leave it as it stands" },
      { keys: "N", does: "No partner involved" },
      { keys: "E", does: "Raise an exception" },
      { keys: "L", does: "Lock the month, or unlock it" },
    ],
  },
  {
    title: "In the review",
    keys: [
      { keys: "← →", does: "Back and on, past what is settled" },
      { keys: "X", does: "Select, as in the exceptions log" },
      { keys: "1 – 4", does: "Decide, as in the exceptions log" },
      { keys: "D", does: "Defer" },
      { keys: "M", does: "Minutes beside the page" },
      { keys: "F", does: "Follow whoever leads" },
    ],
  },
  {
    title: "On the dashboard",
    keys: [
      { keys: "V", does: "Compare with the prior quarter and the year before" },
      { keys: "⌘ P", does: "Print on one page" },
    ],
  },
  {
    title: "Logging an activity",
    keys: [
      { keys: "⌘ Enter", does: "Save" },
      { keys: "⌘ ⇧ Enter", does: "Save, and begin the next" },
    ],
  },
];
