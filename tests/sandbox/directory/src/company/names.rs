//! Names of people from many places, and those that break careless software.

/// Given name and surname of person number `n`.
pub(super) fn name(n: usize) -> (&'static str, &'static str) {
    const GIVEN: [&str; 24] = [
        "Alice", "Bob", "Carla", "David", "Emma", "Felix", "Gina", "Hugo", "Ines", "Jakob",
        "Karin", "Luca", "Mona", "Nils", "Olga", "Paul", "Jürgen", "Zoë", "Łukasz", "Søren",
        "Renée", "Ayşe", "Đorđe", "Íris",
    ];
    const SURNAME: [&str; 23] = [
        "Müller",
        "Schmidt",
        "Rossi",
        "Smith",
        "Jones",
        "García",
        "Novák",
        "Kowalski",
        "Silva",
        "Tanaka",
        "Nguyễn",
        "Иванов",
        "Jensen",
        "Larsson",
        "Dubois",
        "Moreau",
        "Bianchi",
        "O'Brien",
        "Weiß",
        "Åberg",
        "Öztürk",
        "Çelik",
        "Lopez",
    ];
    (GIVEN[n % GIVEN.len()], SURNAME[(n / 7) % SURNAME.len()])
}

/// Common names with every character that needs care in a DN or a filter.
pub(super) const ODD: [&str; 13] = [
    "Doe, Jane",
    "#1 Fan",
    "Plus+Sign",
    "\"Quoted\" Name",
    " Leading Space",
    "Star * Person",
    "Paren (Person)",
    "Back\\slash",
    "Equals=Sign;Semi",
    "<Angle>",
    "Emoji 🦀 Person",
    "محمد علي",
    "Tab\tPerson",
];

/// Departments, which are also units below each city.
pub(super) const DEPARTMENTS: [&str; 5] = ["Sales", "Engineering", "Finance", "Support", "R&D"];
/// Cities, which are units, with their country.
pub(super) const CITIES: [(&str, &str); 3] = [("Berlin", "DE"), ("Lyon", "FR"), ("Pune", "IN")];

/// Title of person number `n`.
pub(super) fn title(n: usize) -> &'static str {
    ["Engineer", "Manager", "Analyst", "Consultant"][n % 4]
}
