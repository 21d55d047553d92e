## Why something happens to a person of a plan.

reason-new = Im Verzeichnis und noch nicht in der Cloud.
reason-never_seen = Die Cloud hat diese Person, doch das Verzeichnis zeigt niemanden mit dieser Kennung.
reason-mapping_removed = Die Zuordnung „{ $mapping }“ wurde entfernt.
reason-same = Die Cloud hat es schon.
reason-back = War in der Cloud inaktiv und gehört wieder dazu.
reason-disabled = Im Verzeichnis deaktiviert.
reason-no_email = Hat im Verzeichnis keine E-Mail-Adresse.
reason-unusable_email = Hat im Verzeichnis keine E-Mail-Adresse, nur „{ $value }“.
reason-lost_email = Hat im Verzeichnis keine E-Mail-Adresse mehr. Bleibt in der Cloud aktiv, mit der Adresse von dort.
reason-no_user_name =
    { $name_from ->
        [cn] Hat im Verzeichnis keinen Common Name.
       *[upn] Hat im Verzeichnis weder User Principal Name noch Anmeldenamen.
    }
reason-claimed = Gehört zur Zuordnung „{ $mapping }“, die Vorrang hat.
reason-same_user_name = Hat denselben Benutzernamen wie { $other }.
reason-same_identity = Hat dieselbe eindeutige Kennung wie { $other }.
reason-same_email = Hat dieselbe E-Mail-Adresse wie { $other }.
reason-name_of_former = { $other } gibt es im Verzeichnis nicht mehr, und die Cloud hat diesen Benutzer noch, mit demselben Benutzernamen oder derselben E-Mail-Adresse, aber nicht mit beidem: nicht dieselbe Person. Die Cloud lehnt diese Person womöglich ab, bis der Benutzer dort umbenannt oder gelöscht ist.
reason-relinked = Hat einen neuen Eintrag im Verzeichnis (vorher: { $former }, eindeutige Kennung { $identity }) und behält denselben Benutzer in der Cloud.
reason-reused_identity = Hat die eindeutige Kennung, die { $former } hatte, aber weder deren DN noch Benutzernamen noch E-Mail-Adresse: Es kann inzwischen jemand anderes sein. Nach Ihrer Freigabe gehört der Benutzer in der Cloud dieser Person; ist es jemand anderes, berichtigen Sie die Kennung im Verzeichnis.
reason-linked_by_email = Die Cloud hat { $name } mit derselben E-Mail-Adresse; die Person wird verknüpft, nicht doppelt angelegt.
reason-linked_by_user_name = Die Cloud hat { $name } mit demselben Benutzernamen; die Person wird verknüpft, nicht doppelt angelegt.
reason-ambiguous = Mehr als ein Benutzer passt: { $name }. Ändern Sie einen davon.
reason-moved = Gehörte vorher zur Zuordnung „{ $mapping }“.
reason-may_belong_to = Nicht mehr in dieser Zuordnung. Ob „{ $mapping }“ die Person hat, ist unbekannt: Das Verzeichnis des Kontos antwortet nicht.
reason-moves_to = Gehört jetzt zur Zuordnung „{ $mapping }“; wechselt mit deren Import.
reason-changed = Geändert: { $fields }.
reason-mapping_changed = Etwas, das die Zuordnung setzt, hat sich geändert.
reason-deleted = Aus dem Verzeichnis gelöscht (anhand der Kennung geprüft).
reason-approved = Nicht mehr zu finden; von einem Administrator freigegeben.
reason-back_again = War beim Lesen nicht da und ist es jetzt; der nächste Import entscheidet.
reason-left_base = Jetzt in { $dn }, nicht unter { $base }.
reason-left_units = Jetzt in { $dn }, außerhalb der Organisationseinheiten der Zuordnung.
reason-left_groups = Kein Mitglied von { $groups }.
reason-left_department = Die Abteilung ist { $now }, nicht { $wanted }.
reason-no_department = Die Abteilung ist leer, nicht { $wanted }.
reason-left_country = Das Land ist { $now }, nicht { $wanted }.
reason-no_country = Das Land ist leer, nicht { $wanted }.
reason-left_filter = Passt nicht zum Filter { $filter }.
reason-left_conditions = Erfüllt die Bedingungen { $filter } nicht.
reason-excluded_unit = Jetzt in { $dn }, in einer Organisationseinheit, die die Zuordnung auslässt.
reason-excluded_group = Ausgelassen wegen der Mitgliedschaft in { $groups }.
reason-excluded_person = In der Zuordnung „{ $mapping }“ namentlich ausgelassen.
reason-out_of_sight = Nicht zu finden, und auch sonst niemand in { $place }: gelöscht, oder dem Bind-Konto fehlen Rechte.
reason-no_person = Hat keine Objektklasse, die eine Person ausmacht.
reason-undecided =
    { $criterion ->
        [identity] Nicht zu beurteilen: Wo die Person war, ist ein Eintrag, dessen eindeutige Kennung nicht zu lesen ist oder jemand anderem gehört.
        [person] Nicht zu beurteilen: Das Verzeichnis sagt nicht, ob der Eintrag eine Person ist.
        [base] Nicht zu beurteilen: Das Verzeichnis sagt nicht, ob die Person unter der Basis-DN ist.
        [excluded_units] Nicht zu beurteilen: Das Verzeichnis sagt nicht, ob die Person in einer ausgelassenen Organisationseinheit ist.
        [excluded_groups] Nicht zu beurteilen: Das Verzeichnis sagt nicht, ob die Person in einer ausgelassenen Gruppe ist.
        [excluded_people] Nicht zu beurteilen: Das Verzeichnis sagt nicht, ob die Person ausgelassen ist.
        [units] Nicht zu beurteilen: Das Verzeichnis sagt nicht, ob die Person in den Organisationseinheiten ist.
        [groups] Nicht zu beurteilen: Das Verzeichnis zeigt nicht die Mitglieder aller Gruppen.
        [department] Nicht zu beurteilen: Das Verzeichnis sagt nicht, in welcher Abteilung die Person ist.
        [country] Nicht zu beurteilen: Das Verzeichnis sagt nicht, in welchem Land die Person ist.
        [filter] Nicht zu beurteilen: Das Verzeichnis sagt weder, dass der Filter passt, noch, dass er nicht passt.
        [conditions] Nicht zu beurteilen: Das Verzeichnis sagt weder, dass die Bedingungen erfüllt sind, noch, dass sie es nicht sind.
       *[enabled] Nicht zu beurteilen: Das Verzeichnis sagt weder, dass die Regel für aktive Personen gilt, noch, dass sie nicht gilt.
    }
reason-on_other_server = Nicht gefunden, und der Ort liegt auf einem anderen Server ({ $url }), der nicht gelesen wird.
reason-other_server = Nicht da, aber entweder hat ein anderer Server geantwortet als beim letzten Mal, oder das Bind-Konto hat Leserechte verloren. Der nächste Import vom selben Server entscheidet.
reason-older_state = Nicht da, aber der Server zeigt einen älteren Stand des Verzeichnisses als zuvor gesehen.
reason-not_proven = Nicht gesehen, aber es wurde nicht alles gelesen: { $error }

# Beside the reason of somebody who waits for an approval.
needs-approval =
    { $kind ->
        [relink]
            { $people ->
                [one] Wartet auf die Freigabe der Liste { $list }.
               *[other] Eine von { $people } Personen, die mit ihren Benutzern verknüpft würden; wartet auf die Freigabe der Liste { $list }.
            }
       *[deactivate]
            { $people ->
                [one] Wartet auf die Freigabe der Liste { $list }.
               *[other] Eine von { $people } Personen, die deaktiviert würden (ihre Daten bleiben erhalten); wartet auf die Freigabe der Liste { $list }.
            }
    }

# Beside the reason of somebody who was sent before.
refused-before = Die Cloud hat diese Person das letzte Mal abgelehnt: { $error }
