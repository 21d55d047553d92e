## What is odd about the people and groups of a directory.

find-title = Wissenswertes über dieses Verzeichnis ({ $n })
find-missing_email =
    { $n ->
        [one] { $n } Person hat keine E-Mail-Adresse und wird ausgelassen.
       *[other] { $n } Personen haben keine E-Mail-Adresse und werden ausgelassen.
    }
find-unusable_email =
    { $n ->
        [one] { $n } Person hat bei der E-Mail-Adresse einen Wert, der keine ist.
       *[other] { $n } Personen haben bei der E-Mail-Adresse einen Wert, der keine ist.
    }
find-lost_email =
    { $n ->
        [one] { $n } Person hat im Verzeichnis keine E-Mail-Adresse mehr und bleibt in der Cloud mit der alten aktiv.
       *[other] { $n } Personen haben im Verzeichnis keine E-Mail-Adresse mehr und bleiben in der Cloud mit der alten aktiv.
    }
find-missing_user_name =
    { $n ->
        [one] { $n } Person hat keinen Benutzernamen und wird ausgelassen.
       *[other] { $n } Personen haben keinen Benutzernamen und werden ausgelassen.
    }
find-duplicate_email =
    { $n ->
        [one] { $n } Person hat die E-Mail-Adresse einer anderen und wird ausgelassen.
       *[other] { $n } Personen haben die E-Mail-Adresse einer anderen und werden ausgelassen.
    }
find-duplicate_user_name =
    { $n ->
        [one] { $n } Person hat den Benutzernamen einer anderen und wird ausgelassen.
       *[other] { $n } Personen haben den Benutzernamen einer anderen und werden ausgelassen.
    }
find-duplicate_identity =
    { $n ->
        [one] { $n } Eintrag hat die eindeutige Kennung eines anderen und wird ausgelassen.
       *[other] { $n } Einträge haben die eindeutige Kennung eines anderen und werden ausgelassen.
    }
find-other_mapping =
    { $n ->
        [one] { $n } Person gehört zu einer Zuordnung mit höherem Vorrang.
       *[other] { $n } Personen gehören zu einer Zuordnung mit höherem Vorrang.
    }
find-odd_characters =
    { $n ->
        [one] { $n } Person hat unsichtbare oder verirrte Zeichen in Name oder Adresse.
       *[other] { $n } Personen haben unsichtbare oder verirrte Zeichen in Name oder Adresse.
    }
find-large_group =
    { $n ->
        [one] { $n } Gruppe hat so viele Mitglieder, dass sie nicht gezählt werden.
       *[other] { $n } Gruppen haben so viele Mitglieder, dass sie nicht gezählt werden.
    }
find-circular_group =
    { $n ->
        [one] { $n } Gruppe enthält sich über andere Gruppen selbst; jedes Mitglied zählt einmal.
       *[other] { $n } Gruppen enthalten sich über andere Gruppen selbst; jedes Mitglied zählt einmal.
    }
find-other_server =
    { $n ->
        [one] { $n } Person wird zurückgehalten: Das Verzeichnis zeigt sie nicht und gibt sich nicht als das vom letzten Mal zu erkennen. Entweder hat ein anderer Server geantwortet, oder das Bind-Konto hat Leserechte verloren. Prüfen Sie beides. Stimmt beides, entscheidet der nächste Import.
       *[other] { $n } Personen werden zurückgehalten: Das Verzeichnis zeigt sie nicht und gibt sich nicht als das vom letzten Mal zu erkennen. Entweder hat ein anderer Server geantwortet, oder das Bind-Konto hat Leserechte verloren. Prüfen Sie beides. Stimmt beides, entscheidet der nächste Import.
    }
find-older_state =
    { $n ->
        [one] { $n } Person wird zurückgehalten: Der Server zeigt einen älteren Stand des Verzeichnisses als zuvor. Wurde eine Sicherung eingespielt und stimmt sie, importieren Sie mit --accept-directory; sonst warten Sie, bis der Server auf dem Stand ist.
       *[other] { $n } Personen werden zurückgehalten: Der Server zeigt einen älteren Stand des Verzeichnisses als zuvor. Wurde eine Sicherung eingespielt und stimmt sie, importieren Sie mit --accept-directory; sonst warten Sie, bis der Server auf dem Stand ist.
    }
find-member_no_person =
    { $n ->
        [one] { $n } Mitglied der Gruppen hat keine Objektklasse, die eine Person ausmacht, und wird nicht importiert. Welche das sind, sagt person_class des Kontos.
       *[other] { $n } Mitglieder der Gruppen haben keine Objektklasse, die eine Person ausmacht, und werden nicht importiert. Welche das sind, sagt person_class des Kontos.
    }
find-undecided =
    { $n ->
        [one] { $n } Person ist nicht zu beurteilen: Das Verzeichnis sagt weder, dass eine Regel für sie gilt, noch, dass sie nicht gilt. Für sie ändert sich nichts. Prüfen Sie Schreibweise und Werte der Regel, und ob das Bind-Konto ihre Attribute lesen darf.
       *[other] { $n } Personen sind nicht zu beurteilen: Das Verzeichnis sagt weder, dass eine Regel für sie gilt, noch, dass sie nicht gilt. Für sie ändert sich nichts. Prüfen Sie Schreibweise und Werte der Regel, und ob das Bind-Konto ihre Attribute lesen darf.
    }
find-on_other_server =
    { $n ->
        [one] { $n } Teil des Verzeichnisses liegt auf einem anderen Server und wird nicht gelesen. Legen Sie für diesen Server ein Konto und eine Zuordnung an, oder verwenden Sie den globalen Katalog (Port 3269).
       *[other] { $n } Teile des Verzeichnisses liegen auf anderen Servern und werden nicht gelesen. Legen Sie für jeden dieser Server ein Konto und eine Zuordnung an, oder verwenden Sie den globalen Katalog (Port 3269).
    }
