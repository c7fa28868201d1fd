export const THEME_STORE = "countersign.theme";

/** Runs before the first paint, so that a chosen theme never flashes the other one. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem("${THEME_STORE}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;
