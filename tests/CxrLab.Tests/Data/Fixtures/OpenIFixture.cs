namespace CxrLab.Tests.Data.Fixtures;

/// <summary>A normal report with two images, one with findings, one without image, and one that nobody coded.</summary>
internal static class OpenIFixture
{
    internal static string Report(string id, string[] major, string[] automatic, params string[] images) =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <eCitation>
          <uId id="{id}"/>
          <Abstract>
            <AbstractText Label="COMPARISON">None.</AbstractText><AbstractText Label="INDICATION"/>
            <AbstractText Label="FINDINGS">The heart is &lt; 15 cm.</AbstractText>
            <AbstractText Label="IMPRESSION"></AbstractText>
          </Abstract>
          <MeSH>{string.Concat(major.Select(term => $"<major>{term}</major>"))}{string.Concat(automatic.Select(term => $"<automatic>{term}</automatic>"))}</MeSH>
          {string.Concat(images.Select(image => $"<parentImage id=\"{image}\"><caption>x</caption></parentImage>"))}
        </eCitation>
        """;

    internal static void Write(string root)
    {
        FixtureFile.Text(root, "ecgen-radiology/1.xml", Report("CXR1", ["normal"], [], "CXR1_1_IM-0001-3001", "CXR1_1_IM-0001-4001"));
        FixtureFile.Text(root, "ecgen-radiology/2.xml", Report("CXR2", ["Cardiomegaly/mild", "Thickening/pleura/apex", "Hernia, Hiatal"], ["Cardiomegaly", "pulmonary edema"], "CXR2_IM-0652-1001"));
        FixtureFile.Text(root, "ecgen-radiology/3.xml", Report("CXR3", ["Opacity/lung"], []));
        FixtureFile.Text(root, "ecgen-radiology/4.xml", Report("CXR4", ["No Indexing"], ["Pneumonia"], "CXR4_IM-2050-1001"));
        FixtureFile.Images(root, "NLMCXR_png/CXR1_1_IM-0001-3001.png", "NLMCXR_png/CXR2_IM-0652-1001.png");
    }
}
