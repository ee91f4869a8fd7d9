//! The room as a whole: any figure at any size, drawn in every way.

use super::samples;
use super::*;

const SIZES: [(u32, u32); 7] = [
    (0, 0),
    (16, 16),
    (160, 120),
    (320, 240),
    (1000, 200),
    (200, 1000),
    (800, 600),
];

#[test]
fn look() {
    let Ok(dir) = std::env::var("LOOK") else {
        return;
    };
    let sizes = [
        ("images", 750, 340),
        ("histograms", 1000, 240),
        ("scatter", 640, 440),
        ("scatter_by_class", 640, 440),
        ("scatter_by_value", 640, 440),
        ("crowded", 900, 700),
        ("empty", 400, 300),
    ];
    let mut write = |name: String, f: &Figure| {
        let start = std::time::Instant::now();
        let svg = to_svg(f);
        let t1 = start.elapsed();
        let raster = to_raster(f);
        let t2 = start.elapsed();
        let png = encode_png(&raster).unwrap();
        println!(
            "{name}: svg {} bytes {t1:?}, raster {:?}, png {} bytes {:?}",
            svg.len(),
            t2 - t1,
            png.len(),
            start.elapsed() - t2
        );
        std::fs::write(format!("{dir}/{name}.svg"), svg).unwrap();
        std::fs::write(format!("{dir}/{name}.png"), png).unwrap();
        std::fs::write(format!("{dir}/{name}.txt"), to_text(f)).unwrap();
    };
    for (name, make) in samples::ALL {
        if let Some((_, w, h)) = sizes.iter().find(|s| s.0 == name) {
            write(name.to_string(), &make(*w, *h));
            write(format!("{name}_small"), &make(240, 180));
            write(format!("{name}_tiny"), &make(160, 120));
        }
    }
    let many: Vec<_> = (1..=16)
        .map(|k| {
            let mut p = if k % 2 == 0 {
                samples::histogram_panel(k, 15, 300 * k as usize * k as usize)
            } else {
                samples::points(
                    100,
                    crate::plot::figure::Inks::One(crate::plot::figure::Ink::Series(0)),
                    0.7,
                )
            };
            p.title = Some(format!("sepal length {k}"));
            p
        })
        .collect();
    let mut f = samples::figure(900, 700, 4, many);
    f.title = Some("Sixteen panels".into());
    f.notes = vec!["Drawn from 10,000 of 1,234,567 rows (seed 42); 17 NaN left out.".into()];
    write("many".into(), &f);
    let pics: Vec<_> = (0..100)
        .map(|k| samples::picture_panel(&format!("Label: {k}"), samples::noise_picture(k, 8, 8)))
        .collect();
    write("digits".into(), &samples::figure(800, 1000, 10, pics));
    let mut p = samples::picture_panel("A photograph", samples::noise_picture(3, 400, 300));
    p.frame = crate::plot::figure::Frame::Axes;
    p.x.label = Some("column".into());
    p.y.label = Some("row".into());
    p.key = Some(crate::plot::figure::Key::ColorBar {
        title: None,
        limits: crate::plot::figure::Limits::from_min_max(0.0, 1.0),
        colors: (0..256).map(|i| samples::ramp(i as f64 / 255.0)).collect(),
    });
    write("imshow".into(), &samples::figure(500, 400, 1, vec![p]));
    write(
        "big_scatter".into(),
        &samples::figure(
            640,
            440,
            1,
            vec![samples::points(
                20_000,
                crate::plot::figure::Inks::One(crate::plot::figure::Ink::Series(0)),
                0.3,
            )],
        ),
    );
    write("cycle".into(), &{
        let mut p = samples::points(
            1000,
            crate::plot::figure::Inks::Each(
                (0..1000)
                    .map(|i| crate::plot::figure::Ink::Series(i % 10))
                    .collect(),
            ),
            1.0,
        );
        p.key = Some(samples::legend(&[
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ]));
        if let crate::plot::figure::Mark::Points { radius, .. } = &mut p.marks[0] {
            *radius = 4.0;
        }
        let runs = (0..5)
            .map(|k| {
                (0..200)
                    .map(|i| {
                        let x = -5.0 + i as f64 / 20.0;
                        (x, (x * 1.3 + k as f64).sin() * 60.0)
                    })
                    .collect()
            })
            .collect();
        p.marks.push(crate::plot::figure::Mark::Line {
            runs,
            ink: crate::plot::figure::Ink::Series(3),
            width: 1.5,
        });
        samples::figure(640, 440, 1, vec![p])
    });
}

#[test]
fn every_figure_can_be_drawn_at_every_size() {
    for (name, make) in samples::ALL {
        for (width, height) in SIZES {
            let figure = make(width, height);
            let svg = to_svg(&figure);
            assert!(!svg.contains('\n'), "{name}");
            let raster = to_raster(&figure);
            let pixels = raster.width as usize * raster.height as usize;
            assert_eq!(raster.rgb.len(), pixels * 3, "{name}");
            to_text(&figure);
        }
    }
}
