"""What several checks advise, in the same words."""

ONE_DECIMAL = "en otro ordenador puede salir otra última cifra: da un decimal más o uno menos"
UPDATE = "si lo calculado es lo correcto, escríbelo con: make update"
