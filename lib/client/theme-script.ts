/** Where preferences are kept in the browser's storage. */
export const preferencesKey = "kafdeck.preferences";

/**
 * Runs in <head>, so that no page is painted in the wrong theme. Plain JavaScript: it is sent as it is. `applyPreferences` does the
 * same later.
 */
export const themeScript = `(function(){var p={};try{p=JSON.parse(localStorage.getItem(${JSON.stringify(preferencesKey)}))||{}}catch(e){}
var d=document.documentElement.dataset,t=p.theme;
d.theme=t==="dark"||(t!=="light"&&matchMedia("(prefers-color-scheme: dark)").matches)?"dark":"light";
d.density=p.density||"normal";d.terms=p.terms===false?"plain":"underlined"})()`;
