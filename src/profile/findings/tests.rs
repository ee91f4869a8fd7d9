use crate::Dataset;

fn show(name: &str, ds: &Dataset) {
    println!("== {name}: {}", ds.element_spec());
    let begun = std::time::Instant::now();
    for f in ds.findings().unwrap() {
        println!(
            "{:?} {} [{}] {:?}",
            f.level(),
            f,
            f.number(),
            &f.rows()[..f.rows().len().min(5)]
        );
    }
    println!("-- {:?}", begun.elapsed());
}

#[test]
fn scratch() {
    for name in [
        "iris.npz",
        "iris.npy",
        "wine.npz",
        "digits.npz",
        "photos.npz",
    ] {
        let path = format!("notebooks/data/{name}");
        let ds = match name.ends_with("npy") {
            true => Dataset::from_npy(path).unwrap(),
            false => Dataset::from_npz(path).unwrap(),
        };
        show(name, &ds);
    }
    let mut others: Vec<_> = std::fs::read_dir("/tmp/tune")
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    others.sort();
    for path in others
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "npz"))
    {
        show(
            &path.display().to_string(),
            &Dataset::from_npz(&path).unwrap(),
        );
    }
}
