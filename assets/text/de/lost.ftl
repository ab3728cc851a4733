lost-title = Dieser Lauf ist verloren
lost-why = Das Fehlerbudget war bei { $at } s aufgebraucht: Was noch kommt, holt das nicht mehr auf.
button-debrief = So lief es
button-watch-on = Weiter zuschauen
button-result = Zurück zum Ergebnis
budget-spent = aufgebraucht
key-debrief = D
key-debrief-does = so lief es, sobald ein Lauf verloren ist
