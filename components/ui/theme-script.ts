/** Runs before the first paint, so that a chosen theme never flashes the other one; reads what `THEME` keeps. */
export const THEME_SCRIPT = `try{var t=JSON.parse(localStorage.getItem("countersign.theme"));if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;
