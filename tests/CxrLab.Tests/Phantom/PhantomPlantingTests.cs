using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

/// <summary>What is planted on request: shortcuts, label faults, misalignment, series.</summary>
public sealed class PhantomPlantingTests
{
    [Fact]
    public void Draw_Shortcut_GoesWithItsFindingAsStronglyAsAsked()
    {
        var options = new PhantomOptions { Count = 3000, Shortcuts = PhantomShortcut.HospitalMarker, ShortcutFinding = Finding.Effusion, ShortcutStrength = 0.8 };
        IReadOnlyList<PhantomCase> cases = PhantomCohort.Draw(options);
        double Share(bool ill) => cases.Where(one => one.Has(Finding.Effusion) == ill).Average(one => one.Shortcuts == PhantomShortcut.HospitalMarker ? 1.0 : 0);
        Assert.InRange(Share(true), 0.74, 0.86);
        Assert.InRange(Share(false), 0.17, 0.23);
        Assert.All(cases, one => Assert.False(one.Shortcuts.HasFlag(PhantomShortcut.ChestTube)));
    }

    [Theory]
    [InlineData(PhantomShortcut.HospitalMarker)]
    [InlineData(PhantomShortcut.ApLabel)]
    [InlineData(PhantomShortcut.ChestTube)]
    public void Render_Shortcut_ChangesTheImageAndNothingThatIsKnown(PhantomShortcut mark)
    {
        PhantomCase plain = PhantomTestTools.Case(4, View.PA, new PlannedFinding(Finding.Mass, 0.6));
        PhantomImage without = ChestPhantom.Render(plain), with = ChestPhantom.Render(plain with { Shortcuts = mark });
        Assert.True(with.Image.Pixels.ToArray().Zip(without.Image.Pixels.ToArray()).Count(pair => Math.Abs(pair.First - pair.Second) > 0.03) > 12);
        Assert.True(with.Findings[0].Mask.Pixels.SequenceEqual(without.Findings[0].Mask.Pixels));
        Assert.True(with.Heart.Pixels.SequenceEqual(without.Heart.Pixels));
    }

    [Fact]
    public void Draw_LabelFaults_AreAsFrequentAsAskedAndLeaveTheTruth()
    {
        var plain = new PhantomOptions { Count = 2000 };
        IReadOnlyList<PhantomCase> clean = PhantomCohort.Draw(plain), faulty = PhantomCohort.Draw(plain with { LabelNoise = 0.1, UncertaintyRate = 0.3, MissingRate = 0.2 });
        Assert.Equal(clean.Select(one => string.Join(' ', one.Findings)), faulty.Select(one => string.Join(' ', one.Findings)));
        Assert.All(clean, one => Assert.Empty(one.Faults));
        double Rate(LabelFaultKind kind, bool present) => faulty.Sum(one => one.Faults.Count(fault => fault.Kind == kind && one.Has(fault.Finding) == present))
            / (double)faulty.Sum(one => Findings.All.Count(name => one.Has(name) == present));
        Assert.InRange(Rate(LabelFaultKind.Uncertain, true), 0.25, 0.35);
        Assert.InRange(Rate(LabelFaultKind.Uncertain, false), 0.002, 0.03);
        Assert.InRange(Rate(LabelFaultKind.Missing, false), 0.17, 0.22);
        Assert.Equal(0, Rate(LabelFaultKind.Missing, true));
        Assert.InRange(Rate(LabelFaultKind.Flipped, false), 0.06, 0.1);
    }

    [Fact]
    public void Label_Faults_SayWhatTheTableSays()
    {
        PhantomCase one = PhantomTestTools.Case(1, View.PA, new PlannedFinding(Finding.Mass, 0.7), new PlannedFinding(Finding.Effusion, 0.7)) with
        {
            Faults = [new(Finding.Mass, LabelFaultKind.Flipped), new(Finding.Effusion, LabelFaultKind.Uncertain), new(Finding.Edema, LabelFaultKind.Missing), new(Finding.Nodule, LabelFaultKind.Flipped)],
        };
        PhantomImage image = ChestPhantom.Render(one, 64);
        Assert.Equal(LabelState.Negative, image.Label(Finding.Mass));
        Assert.Equal(LabelState.Uncertain, image.Label(Finding.Effusion));
        Assert.Equal(LabelState.Missing, image.Label(Finding.Edema));
        Assert.Equal(LabelState.Positive, image.Label(Finding.Nodule));
        Assert.Equal(LabelState.Negative, image.Label(Finding.Hernia));
        Assert.Throws<ArgumentException>(() => image.Label("Gout"));
    }

    [Fact]
    public void Render_Misaligned_KnownAffineMovesEveryLandmarkAndTheMasks()
    {
        var options = new PhantomOptions { Count = 12, Misalignment = 1 };
        foreach (PhantomCase posed in PhantomCohort.Draw(options))
        {
            PhantomAffine affine = posed.Misaligned!;
            PhantomImage canonical = ChestPhantom.Render(posed with { Misaligned = null }), image = ChestPhantom.Render(posed);
            foreach ((string name, (double x, double y)) in canonical.Landmarks)
            {
                (double px, double py) = affine.Apply(x, y);
                Assert.Equal(px, image.Landmarks[name].X, 6);
                Assert.Equal(py, image.Landmarks[name].Y, 6);
            }

            // Every pixel of the posed heart comes from the aligned one, but for its border.
            PhantomAffine back = affine.Inverse();
            int wrong = 0;
            for (int y = 0; y < 128; y++)
            {
                for (int x = 0; x < 128; x++)
                {
                    (double cx, double cy) = back.Apply((x + 0.5) / 128, (y + 0.5) / 128);
                    (int column, int row) = ((int)Math.Floor(cx * 128), (int)Math.Floor(cy * 128));
                    if (column is < 0 or >= 128 || row is < 0 or >= 128) continue;
                    if (image.Heart[y, x] != canonical.Heart[row, column]) wrong++;
                }
            }

            Assert.True(wrong <= 0.12 * canonical.Heart.Area + 20, $"{posed.ImageId}: {wrong} of {canonical.Heart.Area}");
        }
    }

    [Fact]
    public void Affine_Inverse_Undoes()
    {
        PhantomAffine affine = PhantomAffine.Of(1.2, 0.3, 0.05, -0.08);
        (double x, double y) = affine.Apply(0.2, 0.9);
        (double bx, double by) = affine.Inverse().Apply(x, y);
        Assert.Equal(0.2, bx, 9);
        Assert.Equal(0.9, by, 9);
        Assert.Throws<InvalidOperationException>(() => (PhantomAffine.Identity with { A = 0, D = 0 }).Inverse());
    }

    [Fact]
    public void Plan_Series_SameAnatomyGrowingFinding()
    {
        IReadOnlyList<PhantomCase> series = PhantomSeries.Plan(7, 3, Finding.Effusion, 0.2, 0.9, 4);
        Assert.Equal([0.2, 0.433, 0.667, 0.9], series.Select(one => one.Findings[0].Severity));
        PhantomImage[] images = [.. series.Select(one => ChestPhantom.Render(one))];
        Assert.Single(images.Select(image => image.Findings[0].Side).Distinct());
        double[] shares = [.. images.Select(image => image.Findings[0].Mask.Area * image.MmPerPixel * image.MmPerPixel)];
        Assert.Equal(shares.Order(), shares);
        // The body is the same; only pose and breath change the ratio a little.
        Assert.InRange(images.Max(image => image.CardiothoracicRatio) - images.Min(image => image.CardiothoracicRatio), 0, 0.03);
        Assert.Empty(PhantomSeries.Plan(7, 3, Finding.Effusion, 0.5, 0, 3)[2].Findings);
        Assert.Throws<ArgumentException>(() => PhantomSeries.Plan(7, 3, Finding.Effusion, 0.5, 0, 1));
    }

    [Fact]
    public void Draw_Progression_SeveritiesOfAPatientMoveOneWay()
    {
        int checkedSeries = 0;
        foreach (var patient in PhantomCohort.Draw(new PhantomOptions { Count = 1500, Progression = true }).GroupBy(one => one.Patient).Where(visits => visits.Count() >= 3))
        {
            foreach (string name in patient.SelectMany(one => one.Findings).Select(finding => finding.Name).Distinct())
            {
                double[] course = [.. patient.Select(one => one.Findings.FirstOrDefault(finding => finding.Name == name)?.Severity ?? 0)];
                Assert.True(course.SequenceEqual(course.Order()) || course.SequenceEqual(course.OrderDescending()), $"{patient.Key} {name}: {string.Join(", ", course)}");
                checkedSeries++;
            }
        }

        Assert.True(checkedSeries > 50);
    }

    [Fact]
    public void Draw_Laterals_FollowTheirFrontal()
    {
        IReadOnlyList<PhantomCase> cases = PhantomCohort.Draw(new PhantomOptions { Count = 20, Laterals = true });
        Assert.Equal(20, cases.Count);
        for (int k = 0; k + 1 < cases.Count; k += 2)
        {
            Assert.Equal(View.Lateral, cases[k + 1].View);
            Assert.Equal((cases[k].Patient, cases[k].FollowUp), (cases[k + 1].Patient, cases[k + 1].FollowUp));
            Assert.NotEqual(cases[k].ImageId, cases[k + 1].ImageId);
        }
    }
}
