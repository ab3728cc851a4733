// The page's texts, in the reader's language where there is one. A new language is one file and one word here.

import { fetchJson } from "./download.js";

const LANGUAGES = ["en", "de"];

export async function loadText() {
  const asked = new URLSearchParams(location.search).get("lang");
  const wanted = [asked, ...navigator.languages].filter(Boolean).map((tag) => tag.toLowerCase().split("-")[0]);
  const language = wanted.find((tag) => LANGUAGES.includes(tag)) ?? LANGUAGES[0];
  return { language, ...(await fetchJson(`text/${language}.json`)) };
}
