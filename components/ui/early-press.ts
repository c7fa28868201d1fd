/**
 * For how long a press is still meant that nobody listened to, on a slow line; the pointer shows meanwhile that it waits,
 * and another press, anywhere, or Escape takes its place.
 */
const STILL_MEANT_MS = 30_000;
/** What only the page's script answers. A link or a field works without. */
const PRESSED = "button,[role=button],[role=tab],[role=switch],input[type=checkbox],input[type=radio]";
/** Whose press does something in the browser itself, which must not be done twice. */
const NATIVE = "[type=submit],input";

/**
 * Runs before the first paint: what the server drew can be pressed before its script has come to listen. React gives a
 * press again only to what it can make ready in that moment; else it stops it on its way, and without a word. A press
 * that found no listener (`data-listens`, listens.tsx), or did not reach what was pressed, is kept and given again until it does;
 * the last one alone, and once.
 */
export const EARLY_PRESS_SCRIPT = `(function(){
var d=document.documentElement,kept=null,timer;
function listens(){return"listens"in d.dataset}
function keep(at){
clearTimeout(timer);timer=setTimeout(again,30);
kept={at:at,till:performance.now()+${STILL_MEANT_MS}};d.dataset.waits=""
}
function drop(){kept=null;delete d.dataset.waits}
function again(){
if(!kept)return;
var at=kept.at,came=false;
if(listens()&&at.isConnected){
at.addEventListener("click",function(){came=true},{capture:true,once:true});
at.click()
}
if(came||!at.isConnected||performance.now()>kept.till)drop();
else timer=setTimeout(again,30)
}
addEventListener("keydown",function(e){if(e.key==="Escape")drop()},true);
addEventListener("click",function(e){
if(!e.isTrusted)return;
drop();
var at=e.target.closest&&e.target.closest("${PRESSED}"),came=false;
if(!at)return;
at.addEventListener("click",function(own){
came=true;
if(own===e&&!listens()){e.preventDefault();keep(at)}
},{capture:true,once:true});
setTimeout(function(){if(!came&&!at.matches("${NATIVE}"))keep(at)})
},true)
})()`;
