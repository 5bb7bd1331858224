using CxrLab.Tests.Imaging;

namespace CxrLab.Tests.Data.Fixtures;

/// <summary>
/// PadChest in miniature: 36 columns of which the first has no name, labels as Python prints lists (stray blanks, empty items, a quote in
/// double quotes, NaN), a report over two lines, every projection, MONOCHROME1, a 16-bit image, an
/// image that stands twice, and files that are empty, cut off or missing.
/// </summary>
internal static class PadChestTree
{
    internal const string Table = "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv";

    internal const string Header = ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,PatientBirth,PatientSex_DICOM,ViewPosition_DICOM,Projection,MethodProjection,Pediatric,Modality_DICOM,Manufacturer_DICOM,PhotometricInterpretation_DICOM,PixelRepresentation_DICOM,PixelAspectRatio_DICOM,SpatialResolution_DICOM,BitsStored_DICOM,WindowCenter_DICOM,WindowWidth_DICOM,Rows_DICOM,Columns_DICOM,XRayTubeCurrent_DICOM,Exposure_DICOM,ExposureInuAs_DICOM,ExposureTime,RelativeXRayExposure_DICOM,ReportID,Report,MethodLabel,Labels,Localizations,LabelsLocalizationsBySentence,labelCUIS,LocalizationsCUIS";

    internal static Tree Write()
    {
        var tree = new Tree();
        tree.Text(Table, Header,
            Row(0, "s1_a.png", "1934.0", "M", "PA", "['normal']"),
            Row(1, "s1_b.png", "1934.0", "M", "L", "[' pleural effusion', '', 'cardiomegaly ', 'loc left']", method: "Physician"),
            Row(2, "s2_a.png", "", "F", "AP_horizontal", "['tuberculosis sequelae', \"\"tube's end\"\"]", photometric: "MONOCHROME1", report: "torax\ncon derrame , sin cambios ."),
            Row(3, "s3_a.png", "1850.0", "O", "COSTAL", "['unchanged', 'nodule']"),
            Row(4, "s4_a.png", "1990.0", "F", "EXCLUDE", ""),
            Row(5, "s5_a.png", "1990.0", "F", "AP", "['consolidation']"),
            Row(6, "s6_a.png", "1990.0", "F", "", "nan", report: "", method: ""),
            Row(7, "s1_a.png", "1934.0", "M", "PA", "['normal']"));
        tree.Png("0/s1_a.png", bits: 16).Png("0/s1_b.png", bits: 16).Png("54/s3_a.png", bits: 16);
        tree.Bytes("1/s2_a.png", PngMaker.Make(2, 1, 16, PngMaker.Grey, [65535, 40000]));
        byte[] whole = PngMaker.Make(12, 8, 16, PngMaker.Grey, PngMaker.Samples(12, 8, 16, PngMaker.Grey, 3));
        return tree.Bytes("1/s4_a.png", []).Bytes("1/s5_a.png", whole[..(whole.Length / 2)]);
    }

    internal static string Row(int number, string image, string birth, string sex, string projection, string labels, string photometric = "MONOCHROME2", string report = "sin hallazgos .", string method = "RNN_model") =>
        $"{number},{image},{number},20140915,study{image[..2]},patient{image[..2]},{birth},{sex},POSTEROANTERIOR,{projection},Manual review of DICOM fields,No,CR,ImagingDynamicsCompanyLtd,{photometric},0,,,12,2048,4096,2539,2705,,,,,,4765777,\"{report}\",{method},\"{labels}\",\"['loc right']\",\"[['normal', 'loc right']]\",['C0205307' 'C0032227'],[]";
}
