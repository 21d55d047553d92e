//! What a filter asks for, and how it is seen to fail.

use crate::directory::filter::{Attribute, Extensible, Filter};

impl Filter {
    /// The attributes that the filter asks for, without options, each once.
    pub fn attributes(&self) -> Vec<&str> {
        let mut all = vec![];
        self.collect(&mut all);
        all
    }

    fn collect<'a>(&'a self, all: &mut Vec<&'a str>) {
        let attribute = match self {
            Self::And(parts) | Self::Or(parts) => return parts.iter().for_each(|p| p.collect(all)),
            Self::Not(inner) => return inner.collect(all),
            Self::Extensible(Extensible { attribute: None, .. }) => return,
            Self::Extensible(Extensible { attribute: Some(attribute), .. })
            | Self::Equal(attribute, _)
            | Self::Substring(attribute, _)
            | Self::GreaterOrEqual(attribute, _)
            | Self::LessOrEqual(attribute, _)
            | Self::Present(attribute)
            | Self::Approx(attribute, _) => attribute,
        };
        let name = attribute.name();
        if !all.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            all.push(name);
        }
    }

    /// A filter that holds only where this one is seen to fail, for servers that answer "no" where they should say that
    /// they do not know: a test fails on a value that can be seen, or where `absent` says of the attribute's name that it
    /// would be seen if there were a value.
    #[must_use]
    pub fn seen_to_fail(&self, absent: &dyn Fn(&str) -> bool) -> Self {
        let fail = |parts: &[Self]| parts.iter().map(|p| p.seen_to_fail(absent)).collect();
        let attribute = match self {
            Self::And(parts) => return Self::or(fail(parts)),
            Self::Or(parts) => return Self::and(fail(parts)),
            Self::Not(inner) => return inner.seen_to_hold(absent),
            Self::Extensible(test) => test.attribute.as_ref(),
            Self::Equal(attribute, _)
            | Self::Substring(attribute, _)
            | Self::GreaterOrEqual(attribute, _)
            | Self::LessOrEqual(attribute, _)
            | Self::Present(attribute)
            | Self::Approx(attribute, _) => Some(attribute),
        };
        let fails = Self::negate(self.clone());
        match attribute {
            Some(attribute) if absent(attribute.name()) => fails,
            Some(attribute) => Self::And(vec![Self::Present(attribute.clone()), fails]),
            None => Self::never(),
        }
    }

    /// The other half: what is under a NOT holds on values that can be seen.
    fn seen_to_hold(&self, absent: &dyn Fn(&str) -> bool) -> Self {
        let hold = |parts: &[Self]| parts.iter().map(|p| p.seen_to_hold(absent)).collect();
        match self {
            Self::And(parts) => Self::and(hold(parts)),
            Self::Or(parts) => Self::or(hold(parts)),
            Self::Not(inner) => inner.seen_to_fail(absent),
            test => test.clone(),
        }
    }

    /// Holds for no entry; `(|)` (RFC 4526) is not known to every server.
    fn never() -> Self {
        Self::negate(Self::present("objectClass"))
    }
}

impl Attribute {
    /// The name or OID without options (RFC 4512, 2.5).
    pub fn name(&self) -> &str {
        self.as_str().split(';').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attribute_is_named_once() {
        let filter: Filter =
            "(&(CN=a)(|(cn;lang-de=b*)(!(sn>=c)))(o:dn:=d)(:1.2:=e))".parse().unwrap();
        assert_eq!(filter.attributes(), ["CN", "sn", "o"]);
    }

    #[test]
    fn failing_needs_a_value_or_the_word_that_there_is_none() {
        let fails = |text: &str| {
            text.parse::<Filter>().unwrap().seen_to_fail(&|name| name == "l").to_string()
        };
        assert_eq!(fails("(cn=a)"), "(&(cn=*)(!(cn=a)))");
        assert_eq!(fails("(l=a)"), "(!(l=a))");
        assert_eq!(fails("(&(cn=a)(l=b))"), "(|(&(cn=*)(!(cn=a)))(!(l=b)))");
        assert_eq!(fails("(|(cn=a)(!(l=*)))"), "(&(&(cn=*)(!(cn=a)))(l=*))");
        assert_eq!(fails("(!(!(l=b)))"), "(!(l=b))");
        assert_eq!(fails("(:1.2:=e)"), "(!(objectClass=*))");
    }
}
