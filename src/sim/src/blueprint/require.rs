//! How a specification says which of its fields are out of range.

/// Takes what a specification says of its fields, one after the other: whether all is well, the field (its unit last),
/// and what is allowed there. Every field is spoken of, so that all that is wrong is known at once; one that another
/// field bounds is measured against that other one only where the other one is sound itself.
pub type Require<'a> = &'a mut dyn FnMut(bool, &'static str, &'static str);

/// The fields of which something is wrong, in the order in which a check speaks of them.
#[cfg(test)]
pub(crate) fn wrong(check: impl FnOnce(Require<'_>)) -> Vec<&'static str> {
    let mut fields = Vec::new();
    check(&mut |ok, field, _| {
        if !ok {
            fields.push(field);
        }
    });
    fields
}
