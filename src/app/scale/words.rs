//! The words that names are made of. Gives no numbers.

/// What people are called first.
pub(super) const FIRST_NAMES: [&str; 32] = [
    "Aino", "Amara", "Ana", "Bilal", "Chidi", "Chiara", "Daan", "Dilnoza", "Elif", "Emre", "Farid", "Freya",
    "Giulia", "Hana", "Hugo", "Ines", "Ivo", "Jana", "Joao", "Kofi", "Laila", "Leon", "Mai", "Marek",
    "Nadia", "Nils", "Oksana", "Pedro", "Rania", "Sofia", "Tariq", "Yuki",
];

/// And last.
pub(super) const LAST_NAMES: [&str; 32] = [
    "Abara",
    "Almeida",
    "Andersen",
    "Bakker",
    "Bianchi",
    "Castro",
    "Demir",
    "Dubois",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Haddad",
    "Horvat",
    "Ito",
    "Jansen",
    "Kaya",
    "Kowalczyk",
    "Laine",
    "Larsen",
    "Mensah",
    "Moreau",
    "Nakamura",
    "Novak",
    "Okafor",
    "Petrov",
    "Rahman",
    "Rossi",
    "Santos",
    "Schmidt",
    "Silva",
    "Tanaka",
    "Weber",
];

/// What teams look after …
pub(super) const AREAS: [&str; 20] = [
    "Payments",
    "Checkout",
    "Search",
    "Catalogue",
    "Billing",
    "Identity",
    "Shipping",
    "Pricing",
    "Reporting",
    "Messaging",
    "Returns",
    "Fraud",
    "Loyalty",
    "Inventory",
    "Onboarding",
    "Analytics",
    "Content",
    "Partners",
    "Support",
    "Mobile",
];

/// … and how.
pub(super) const MISSIONS: [&str; 5] = ["Platform", "Experience", "Operations", "Core", "Growth"];

/// What people wrote beside a rating.
pub(super) const NOTES: [&str; 6] = [
    "Did most of the last release alone.",
    "Needs somebody to look over the design first.",
    "Explains it well to newcomers.",
    "Has not had the occasion since the last round.",
    "Found and repaired the cause of an incident.",
    "Reads the code well, changes it slowly.",
];

/// Why a rating was rejected.
pub(super) const REJECTED: &str = "The evidence does not show this level yet.";
/// Why a rating was revoked.
pub(super) const REVOKED: &str = "Recorded for the wrong person.";
/// What people answer to a rating they disagree with.
pub(super) const RESPONSE: &str = "I have done more of this since; please look again.";
